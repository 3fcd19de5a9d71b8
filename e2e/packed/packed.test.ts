// What is published, as a user meets it: packed, installed with npm, run as both module kinds, compiled.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConsumerProject } from './consumer-project.ts';
import { consumerFiles, consumerProject } from './consumer-project.ts';
import type { Manifest } from './public-packages.ts';
import { entrySpecifiers, publicPackages, readManifest } from './public-packages.ts';
import { runCommand } from './run-command.ts';

interface Probe {
  readonly names: readonly string[];
  readonly leftBehind: readonly string[];
}

interface FrozenSurface {
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

const SLOW = 300_000;
const frozenFile = path.join(__dirname, 'frozen-surface.json');
const packageNames = publicPackages().map(({ manifest }) => manifest.name);
const entries = publicPackages().flatMap(({ manifest }) => entrySpecifiers(manifest));
const compilers = ['5.4', '5.9', '6.0', '7.0'];

let project: ConsumerProject;

beforeAll(async () => {
  project = await consumerProject();
}, SLOW);

afterAll(() => project?.remove());

const node = (...args: readonly string[]): Promise<string> =>
  runCommand(process.execPath, args, { cwd: project.folder, timeoutMs: 60_000 });

const probe = async (kind: 'esm' | 'cjs', entry: string): Promise<Probe> =>
  JSON.parse(await node('probe.cjs', kind, entry)) as Probe;

const installed = (name: string): Manifest => readManifest(path.join(project.folder, 'node_modules', name));

async function surfaceNow(): Promise<FrozenSurface> {
  const exports: Record<string, readonly string[]> = {};
  for (const entry of entries) exports[entry] = (await probe('esm', entry)).names;
  const dependencies = packageNames.map(
    (name) => [name, Object.keys(installed(name).dependencies ?? {}).sort()] as const,
  );
  return { dependencies: Object.fromEntries(dependencies), exports };
}

// HALYARD_FREEZE=1 npm test -- packed: takes the present surface for the frozen one; review the difference.
test(
  'the run-time exports and dependencies are the frozen ones',
  async () => {
    const surface = await surfaceNow();
    if (process.env['HALYARD_FREEZE'] === '1') writeFileSync(frozenFile, `${JSON.stringify(surface, undefined, 2)}\n`);
    expect(surface).toEqual(JSON.parse(readFileSync(frozenFile, 'utf8')));
  },
  SLOW,
);

test('core has no run-time dependencies', () => {
  expect(installed('@halyard/core').dependencies ?? {}).toEqual({});
});

test.each(packageNames)('%s runs nothing when it is installed', (name) => {
  const { scripts = {} } = installed(name);
  expect(Object.keys(scripts).filter((script) => /^(pre|post)?install$|^prepare$/.test(script))).toEqual([]);
});

test.each(packageNames)('%s carries the licence', (name) => {
  const licence = readFileSync(path.join(project.folder, 'node_modules', name, 'LICENSE'), 'utf8');
  expect(licence).toContain('Apache License');
});

describe.each(entries)('%s', (entry) => {
  test(
    'exports the same names to both module kinds',
    async () => {
      expect((await probe('cjs', entry)).names).toEqual((await probe('esm', entry)).names);
    },
    SLOW,
  );

  test(
    'leaves nothing behind when it is imported, and lets the process end',
    async () => {
      expect((await probe('esm', entry)).leftBehind).toEqual([]);
      expect((await probe('cjs', entry)).leftBehind).toEqual([]);
    },
    SLOW,
  );
});

test.each(consumerFiles('run'))(
  'a consumer runs: %s',
  async (file) => {
    await expect(node(path.join('run', file))).resolves.toEqual(expect.any(String));
  },
  SLOW,
);

/** Compiles the consumers of types/ as a user with strict settings would. */
async function compile(compiler: string, module: string, resolution: string): Promise<string> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    module,
    moduleResolution: resolution,
    types: ['node'],
  };
  const config = `tsconfig.${compiler}.${resolution}.json`;
  writeFileSync(path.join(project.folder, config), JSON.stringify({ compilerOptions, include: ['types'] }));
  const tsc = path.join(path.dirname(require.resolve(`typescript-${compiler}/package.json`)), 'bin', 'tsc');
  return node(tsc, '-p', config);
}

test.each(compilers)(
  'consumers compile with TypeScript %s',
  async (compiler) => {
    await expect(compile(compiler, 'NodeNext', 'NodeNext')).resolves.toBe('');
  },
  SLOW,
);

test(
  'consumers compile with the resolution of a bundler',
  async () => {
    await expect(compile('6.0', 'ESNext', 'bundler')).resolves.toBe('');
  },
  SLOW,
);
