// One measurement in a process of its own: node --expose-gc measure.mjs <subject> <scenario> <file>
import { floor } from './subjects/floor.mjs';

const [subject, scenario, file] = process.argv.slice(2);
const subjects = {
  floor: async () => floor,
  halyard: async () => (await import('./subjects/halyard.mjs')).halyard,
  'remote floor': async () => (await import('./subjects/remote-floor.mjs')).remoteFloor,
  'remote halyard': async () => (await import('./subjects/remote-halyard.mjs')).remoteHalyard,
  'remote peer': async () => (await import('./subjects/remote-peer.mjs')).remotePeer,
  flagd: async () => (await import('./subjects/flagd.mjs')).flagd,
};
const scenarios = await subjects[subject]();
process.stdout.write(`${JSON.stringify(await scenarios[scenario](file))}\n`);
process.exit(0);
