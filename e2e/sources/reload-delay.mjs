// How long 10,000 flags that are loaded anew over HTTP hold up everything else, beside what JSON.parse of their text
// alone does: prints both, in milliseconds. Node has no other work meanwhile: the server is a thread of its own.
//   node reload-delay.mjs goff|ruleset
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { httpSource, LocalProvider } from '@halyard/provider-local';

const FLAGS = 10_000;
const RELOADS = 5;

function rulesetText(revision) {
  const features = {};
  for (let number = 0; number < FLAGS; number++) {
    features[`feature-${number}`] = { percentage: (number + revision) % 100, value: `on-${revision}`, requires: [] };
  }
  const baseline = Object.fromEntries(Object.keys(features).map((name) => [name, 'off']));
  return JSON.stringify({ production: { type: 'percentage', baseline, features } });
}

function goffText(revision) {
  const flags = {};
  for (let number = 0; number < FLAGS; number++) {
    flags[`flag-${number}`] = {
      variations: { on: `on-${revision}`, off: 'off' },
      targeting: [
        { name: 'some', query: `country in ["FR", "DE"] and age gt ${number % 90}`, variation: 'on' },
        { name: 'others', query: 'email ew "@example.com"', percentage: { on: 30, off: 70 } },
      ],
      defaultRule: { percentage: { on: number % 100, off: 100 - (number % 100) } },
    };
  }
  return JSON.stringify(flags);
}

const textOf = process.argv[2] === 'ruleset' ? rulesetText : goffText;

function serve() {
  let revision = 0;
  let next = textOf(revision);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(next);
    next = textOf(++revision);
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(`http://127.0.0.1:${server.address().port}`));
}

/** The longest time between two turns of the event loop while the work goes on. */
async function longestTurn(work) {
  let longest = 0;
  let before = performance.now();
  let isOver = false;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  await new Promise((resolve) => void setImmediate(resolve));
  return longest;
}

async function measure() {
  const server = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
  const [url] = await once(server, 'message');
  const quiet = { error() {}, warn() {}, info() {}, debug() {} };
  const provider = new LocalProvider({ source: httpSource(url, { pollIntervalMs: 0 }), logger: quiet });
  await provider.initialize();
  const reloads = [];
  const parses = [];
  let changed = 0;
  for (let round = 0; round < RELOADS; round++) {
    reloads.push(
      await longestTurn(async () => {
        changed += (await provider.reload()).length;
        // what is left for later counts too
        await pause(200);
      }),
    );
    const text = textOf(round);
    parses.push(await longestTurn(async () => JSON.parse(text)));
  }
  await provider.onClose();
  await server.terminate();
  // the shortest of each: what others do on this machine meanwhile is in the longer ones
  console.log(
    JSON.stringify({ reloadMs: Math.min(...reloads), parseMs: Math.min(...parses), changed, reloads, parses }),
  );
}

if (isMainThread) await measure();
else serve();
