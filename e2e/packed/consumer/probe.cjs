// node probe.cjs <esm|cjs> <entry>: loads one entry point and prints what it exports and what it left behind.
const [, , kind, entry] = process.argv;

const surroundings = () => ({
  globals: Object.getOwnPropertyNames(globalThis).sort(),
  listeners: process.eventNames().map(String).sort(),
  environment: JSON.stringify(process.env),
  resources: process.getActiveResourcesInfo().filter((name) => !['TTYWrap', 'PipeWrap'].includes(name)),
});

async function load() {
  return kind === 'esm' ? import(entry) : require(entry);
}

async function probe() {
  await import('node:fs'); // the first import of all starts the loader itself
  const before = surroundings();
  const loaded = await load();
  await new Promise((resolve) => setImmediate(resolve));
  const after = surroundings();
  const leftBehind = Object.keys(before).filter((name) => String(before[name]) !== String(after[name]));
  const names = Object.keys(loaded).filter((name) => !['default', 'module.exports', '__esModule'].includes(name));
  console.log(JSON.stringify({ names: names.sort(), leftBehind }));
}

void probe();
