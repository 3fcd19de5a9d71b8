// Checks what every public package must say in its package.json, so that no map in it has to be proofread.
import { allPackages } from './packages.mjs';
import { mayDependOn } from './lint/layers.mjs';

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The only shape of an entry: the source for this repository, then both module kinds, each with its types; Node's own. */
function expectedEntry(source) {
  const stem = source.replace(/^\.\/src\//, '').replace(/\.ts$/, '');
  const types = (kind) => ({ types: `./dist/${kind}/${stem}.d.ts` });
  const script = (kind) => `./dist/${kind}/${stem}.js`;
  return {
    '@halyard/source': source,
    import: { ...types('esm'), node: script('node'), default: script('esm') },
    require: { ...types('cjs'), default: script('cjs') },
  };
}

function* faultsOfExports({ exports: entries = {} }) {
  for (const [subpath, entry] of Object.entries(entries)) {
    if (typeof entry === 'string') continue;
    const expected = expectedEntry(String(entry['@halyard/source']));
    if (!same(entry, expected)) yield `exports['${subpath}'] must be ${JSON.stringify(expected)}`;
  }
}

function* faultsOfPublic(manifest) {
  if (manifest.license !== 'Apache-2.0') yield 'license must be Apache-2.0';
  if (manifest.type !== 'module') yield 'type must be module';
  if (manifest.sideEffects !== false) yield 'sideEffects must be false';
  if (manifest.engines?.node !== '>=20') yield 'engines.node must be >=20';
  if (!same(manifest.files, ['dist', 'src'])) yield 'files must be ["dist", "src"]';
  if (manifest.publishConfig?.access !== 'public') yield 'publishConfig.access must be public';
  yield* faultsOfExports(manifest);
}

function* faultsOf(manifest) {
  if (manifest.private !== true) yield* faultsOfPublic(manifest);
  for (const name of INSTALL_SCRIPTS) if (manifest.scripts?.[name]) yield `the script ${name} would run at an install`;
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if (!name.startsWith('@halyard/')) continue;
    if (range !== 'workspace:^') yield `the range of ${name} must be workspace:^`;
    if (!mayDependOn(manifest.name, name)) yield `must not depend on ${name}`;
  }
}

const faults = allPackages().flatMap(({ manifest }) =>
  [...faultsOf(manifest)].map((fault) => `${manifest.name}: ${fault}`),
);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
