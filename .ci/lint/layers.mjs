// Who may import whom (docs/architecture.md): between packages, and between the layers of one package.
import { builtinModules } from 'node:module';
import path from 'node:path';

/** The Halyard packages that the sources of each package may import. */
const packagesBelow = {
  core: [],
  cache: ['core'],
  'relay-client': ['core'],
  hooks: ['core', 'cache', 'relay-client'],
  'provider-local': ['core', 'hooks', 'cache', 'relay-client'],
  'provider-remote': ['core', 'hooks', 'cache', 'relay-client'],
  relay: ['core', 'hooks', 'cache', 'relay-client', 'provider-local'],
  cli: ['core', 'provider-local', 'relay'],
  testkit: [],
};

/** The layers that each layer may import; a folder with another name holds rules. */
const layersBelow = {
  entry: ['entry', 'server', 'web', 'engine', 'rules', 'ports', 'platform', 'platform/node', 'platform/web'],
  server: ['server', 'engine', 'rules', 'ports', 'platform', 'platform/node'],
  web: ['web', 'engine', 'rules', 'ports', 'platform', 'platform/web'],
  engine: ['engine', 'rules', 'ports'],
  rules: ['rules', 'ports'],
  ports: [],
  platform: ['platform', 'ports'],
  'platform/node': ['platform/node', 'platform', 'ports'],
  'platform/web': ['platform/web', 'platform', 'ports'],
};

/** The only layer that may import each of the SDKs; the testkit and the parts below the faces know neither. */
const layerOfSdk = { '@openfeature/server-sdk': 'server', '@openfeature/web-sdk': 'web' };

/** Where a file of a package stands: { name, root, area, layer }, or undefined outside of the packages. */
function placeOf(file) {
  const found = /^(.*\/packages\/([^/]+))\/(?:(src|test)\/)?(.*)$/.exec(file.split(path.sep).join('/'));
  if (found === null) return undefined;
  const [, root, name, area, rest] = found;
  return { name, root, area, layer: layerOf(rest) };
}

function layerOf(pathInSource) {
  const [folder, second, ...deeper] = pathInSource.split('/');
  if (second === undefined) return 'entry';
  if (folder === 'platform' && deeper.length > 0 && ['node', 'web'].includes(second)) return `platform/${second}`;
  return folder in layersBelow ? folder : 'rules';
}

/** What is wrong with an import, in words; undefined if nothing is. */
export function faultOfImport(file, specifier, isType) {
  const place = placeOf(file);
  if (place === undefined) return undefined;
  if (specifier.startsWith('.')) return faultOfRelative(place, file, specifier, isType);
  if (place.area !== 'src') return undefined;
  if (specifier.startsWith('@halyard/')) return faultOfPackage(place, specifier);
  return faultOfOutsider(place, specifier, isType);
}

function faultOfRelative(place, file, specifier, isType) {
  const target = placeOf(path.resolve(path.dirname(file), specifier));
  if (target?.root !== place.root) return `'${specifier}' leaves the package; import the package by its name`;
  if (place.area !== 'src' || place.name === 'testkit') return undefined;
  if (target.area !== 'src') return `sources must not import '${specifier}', which is not a source`;
  if (place.layer === 'ports') return isType ? undefined : 'ports import nothing but types';
  if (layersBelow[place.layer].includes(target.layer)) return undefined;
  return `'${place.layer}' must not import '${target.layer}' (${specifier})`;
}

/** Whether one Halyard package may depend on another. */
export function mayDependOn(dependent, dependency) {
  return packagesBelow[dependent.split('/')[1]]?.includes(dependency.split('/')[1]) === true;
}

function faultOfPackage(place, specifier) {
  const name = specifier.split('/')[1];
  if (name === 'testkit') return 'the testkit is for tests only';
  if (mayDependOn(`@halyard/${place.name}`, specifier)) return undefined;
  return `'${place.name}' must not import '@halyard/${name}'`;
}

function faultOfOutsider(place, specifier, isType) {
  if (place.name === 'testkit') return undefined;
  if (place.layer === 'ports' && !isType) return 'ports import nothing but types';
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return place.layer === 'platform/node' ? undefined : `'${specifier}' may be imported in platform/node only`;
  }
  if (place.name === 'core' && specifier !== '@openfeature/core') return `'core' must not import '${specifier}'`;
  const layer = layerOfSdk[specifier];
  if (layer === undefined || layer === place.layer) return undefined;
  return `'${specifier}' may be imported in ${layer}/ only`;
}
