// The packages of the repository and what their manifests say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './ready.mjs';

export function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/** All packages, as { folder, manifest }. */
export function allPackages() {
  const packages = path.join(root, 'packages');
  return readdirSync(packages)
    .map((name) => path.join(packages, name))
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }));
}

export const publicPackages = () => allPackages().filter(({ manifest }) => manifest.private !== true);

/** The entry points that a manifest names, as { subpath, name, types }; `name` is fit for a file. */
export function entriesOf(manifest) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, target]) => ({
      subpath,
      name: subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-'),
      types: target.import.types,
    }));
}
