// How long it takes to import a provider where the SDK is there already; the floor is the SDK's own import.
const sdk = '@openfeature/server-sdk';

async function millisOfImport(name, ...before) {
  for (const other of before) await import(other);
  const start = performance.now();
  await import(name);
  return performance.now() - start;
}

const importing = (name) => () => millisOfImport(name, sdk);
const sdkItself = () => millisOfImport(sdk);

export const importFloor = { 'import local': sdkItself, 'import remote': sdkItself };
export const importHalyard = {
  'import local': importing('@halyard/provider-local'),
  'import remote': importing('@halyard/provider-remote'),
};
export const importPeer = {
  'import local': importing('@openfeature/flagd-core'),
  'import remote': importing('@openfeature/go-feature-flag-provider'),
};
