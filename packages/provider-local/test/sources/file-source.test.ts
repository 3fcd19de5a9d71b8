import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { LocalProviderOptions } from '../../src/index.ts';
import { LocalProvider } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const open: LocalProvider[] = [];

afterEach(async () => {
  for (const provider of open.splice(0)) await provider.onClose();
});

const documentOf = (on: boolean, extra: object = {}): string => JSON.stringify({ flag: switchedTo(on), ...extra });
const fileOf = (name = 'flags.json'): string => join(folder(), name);

async function follow(
  path: string,
  options: LocalProviderOptions = {},
): Promise<{ provider: LocalProvider; changes: string[][] }> {
  const provider = new LocalProvider({ source: path, pollIntervalMs: 50, logger: recordingLogger(), ...options });
  open.push(provider);
  const changes: string[][] = [];
  provider.on('flagsUpdated', ({ flags }) => void changes.push([...flags]));
  await provider.initialize();
  return { provider, changes };
}

const isOn = (provider: LocalProvider): boolean | string => provider.evaluate<boolean | string>('flag', false).value;

test('an edit is picked up, and names exactly the flags that changed', async () => {
  writeFileSync(fileOf(), documentOf(false, { other: switchedTo(true) }));
  const { provider, changes } = await follow(fileOf());
  writeFileSync(fileOf(), documentOf(true, { other: switchedTo(true), added: switchedTo(true) }));
  await eventually('the edit is in force', () => isOn(provider) === true);
  expect(changes).toEqual([['flag', 'added']]);
});

test('an atomic rename, and deleting and creating again, are picked up', async () => {
  writeFileSync(fileOf(), documentOf(false));
  const { provider } = await follow(fileOf());
  writeFileSync(fileOf('new.json'), documentOf(true));
  renameSync(fileOf('new.json'), fileOf());
  await eventually('the rename is in force', () => isOn(provider) === true);
  rmSync(fileOf());
  await eventually('the loss is noticed', () => 'lastError' in provider.status());
  expect(isOn(provider)).toBe(true);
  writeFileSync(fileOf(), documentOf(false));
  await eventually('the new file is in force', () => isOn(provider) === false);
});

test('a ConfigMap swap of symbolic links is picked up, again and again', async () => {
  const swap = (name: string, on: boolean): void => {
    mkdirSync(fileOf(name));
    writeFileSync(join(fileOf(name), 'flags.json'), documentOf(on));
    symlinkSync(name, fileOf('..data.tmp'));
    renameSync(fileOf('..data.tmp'), fileOf('..data'));
  };
  swap('..v0', false);
  symlinkSync(join('..data', 'flags.json'), fileOf());
  const { provider } = await follow(fileOf(), { pollIntervalMs: 0 });
  for (let round = 1; round <= 10; round++) {
    swap(`..v${round}`, round % 2 === 1);
    await eventually(`swap ${round} is in force`, () => isOn(provider) === (round % 2 === 1));
  }
});

test('a removed folder is no end: the file counts again once it is back', async () => {
  const inner = join(folder(), 'inner');
  mkdirSync(inner);
  writeFileSync(join(inner, 'flags.json'), documentOf(false));
  const { provider } = await follow(join(inner, 'flags.json'));
  rmSync(inner, { recursive: true });
  await eventually('the loss is noticed', () => 'lastError' in provider.status());
  mkdirSync(inner);
  writeFileSync(join(inner, 'flags.json'), documentOf(true));
  await eventually('the new file is in force', () => isOn(provider) === true);
});

test('while an editor writes in pieces, the previous flags stay', async () => {
  writeFileSync(fileOf(), documentOf(false));
  const { provider } = await follow(fileOf());
  const text = documentOf(true);
  const pieces = 10;
  for (let piece = 1; piece <= pieces; piece++) {
    writeFileSync(fileOf(), text.slice(0, Math.floor((text.length * piece) / pieces)));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([false, true]).toContain(isOn(provider));
    if (piece < pieces) expect(isOn(provider)).toBe(false);
  }
  await eventually('the whole text is in force', () => isOn(provider) === true);
});

test('touching or writing the same content is no change', async () => {
  writeFileSync(fileOf(), documentOf(true));
  const { provider, changes } = await follow(fileOf());
  const version = 'version' in provider.status() ? provider.status() : undefined;
  utimesSync(fileOf(), new Date(), new Date());
  writeFileSync(fileOf(), readFileSync(fileOf()));
  await provider.reload();
  expect(changes).toEqual([]);
  expect(provider.status()).toMatchObject({ version: (version as { version: string }).version });
});

test('a text that cannot be decoded leaves the flags in force and says where the fault is', async () => {
  writeFileSync(fileOf(), documentOf(true));
  const logger = recordingLogger();
  const { provider, changes } = await follow(fileOf(), { logger });
  writeFileSync(fileOf(), '{\n  "flag": }');
  await eventually('the fault is noticed', () => 'lastError' in provider.status());
  expect(isOn(provider)).toBe(true);
  await expect(provider.reload()).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(/flags\.json:2:11/) as string,
  });
  const warnings = logger.entries.filter(({ level }) => level === 'warn');
  expect(warnings).toHaveLength(1);
  expect(changes).toEqual([]);
});

test('an invalid flag is left out and reported with its place, the others load', async () => {
  writeFileSync(
    fileOf('flags.yaml'),
    'good:\n  variations: { on: true }\n  defaultRule: { variation: on }\nbad:\n  variations: { on: true }\n  defaultRule:\n    variation: off\n',
  );
  const logger = recordingLogger();
  const { provider } = await follow(fileOf('flags.yaml'), { logger });
  expect(provider.evaluate('good', false).value).toBe(true);
  expect(provider.evaluate('bad', false).errorCode).toBe('FLAG_NOT_FOUND');
  expect(provider.diagnostics()).toMatchObject([
    {
      flag: 'bad',
      code: 'variation-unknown',
      severity: 'error',
      position: { line: 7, column: 16 },
      path: ['bad', 'defaultRule', 'variation'],
    },
  ]);
  expect(logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    `${fileOf('flags.yaml')}:7:16: flag "bad" is left out: defaultRule.variation: the flag has no variation "off"`,
  ]);
});

test('what upstream ignores in a query is reported with line and column', async () => {
  writeFileSync(
    fileOf('flags.yaml'),
    'f:\n  variations: { on: true }\n  targeting:\n    - query: a eq 1 AND b eq 2\n      variation: on\n  defaultRule: { variation: on }\n  disabled: true\n',
  );
  const { provider } = await follow(fileOf('flags.yaml'));
  const places = provider.diagnostics().map(({ severity, position }) => ({ severity, ...position }));
  expect(places).toContainEqual({ severity: 'warning', line: 4, column: expect.any(Number) as number });
  expect(provider.diagnostics()).toContainEqual(
    expect.objectContaining({
      code: 'unknown-property',
      position: { line: 7, column: 13 },
      message: expect.stringContaining('"disable"') as string,
    }),
  );
  expect(provider.evaluate('f', false).value).toBe(true);
});

test('a file that is not there at start is an error, and is recovered from', async () => {
  const provider = new LocalProvider({ source: fileOf(), pollIntervalMs: 20, logger: recordingLogger() });
  open.push(provider);
  const ready = jest.fn();
  provider.on('ready', ready);
  await expect(provider.initialize()).rejects.toMatchObject({
    code: 'GENERAL',
    message: expect.stringContaining('cannot be read') as string,
  });
  expect(provider.status().state).toBe('failed');
  writeFileSync(fileOf(), documentOf(true));
  await eventually('the file is in force', () => isOn(provider) === true);
  expect(ready).toHaveBeenCalledTimes(1);
  expect(provider.status().state).toBe('ready');
});

test('text that is not UTF-8 is refused', async () => {
  writeFileSync(fileOf(), Buffer.from([0x7b, 0xff, 0x7d]));
  await expect(
    new LocalProvider({ source: fileOf(), onInitFailure: 'fail', logger: recordingLogger() }).initialize(),
  ).rejects.toMatchObject({
    code: 'PROVIDER_FATAL',
  });
});

test('a folder in the place of the file is an error that names it', async () => {
  mkdirSync(fileOf('folder.json'));
  const provider = new LocalProvider({ source: fileOf('folder.json'), logger: recordingLogger() });
  open.push(provider);
  await expect(provider.initialize()).rejects.toThrow(/folder\.json cannot be read/);
});

test('a relative path stays the same file when the working directory changes', async () => {
  writeFileSync(fileOf(), documentOf(true));
  const before = process.cwd();
  process.chdir(folder());
  const { provider } = await follow('flags.json');
  process.chdir(before);
  await provider.reload();
  expect(isOn(provider)).toBe(true);
});
