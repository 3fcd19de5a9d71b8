// One measurement in a process of its own: node --expose-gc measure.mjs <subject> <scenario> <file>
const [subject, scenario, file] = process.argv.slice(2);
const subjects = {
  floor: async () => (await import('./subjects/floor.mjs')).floor,
  halyard: async () => (await import('./subjects/halyard.mjs')).halyard,
  'remote floor': async () => (await import('./subjects/remote-floor.mjs')).remoteFloor,
  'remote halyard': async () => (await import('./subjects/remote-halyard.mjs')).remoteHalyard,
  'remote peer': async () => (await import('./subjects/remote-peer.mjs')).remotePeer,
  'import floor': async () => (await import('./subjects/imports.mjs')).importFloor,
  'import halyard': async () => (await import('./subjects/imports.mjs')).importHalyard,
  'import peer': async () => (await import('./subjects/imports.mjs')).importPeer,
  flagd: async () => (await import('./subjects/flagd.mjs')).flagd,
};
const scenarios = await subjects[subject]();
process.stdout.write(`${JSON.stringify(await scenarios[scenario](file))}\n`);
process.exit(0);
