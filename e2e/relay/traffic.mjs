// An application under traffic: 2,000 evaluations a second through the OpenFeature client until it is told to stop.
// Started by a test, with a channel to it: node traffic.mjs <endpoint>
import { OpenFeature } from '@openfeature/server-sdk';
import { RemoteProvider } from '@halyard/provider-remote';

const A_SECOND = 2_000;
const PERIOD_MS = 5;
const USERS = 200;

const warnings = [];
const logger = { error: (text) => warnings.push(text), warn: (text) => warnings.push(text), info() {}, debug() {} };
const provider = new RemoteProvider({ endpoint: process.argv[2], cache: { ttlMs: 1_000 }, logger });
const client = OpenFeature.getClient();
let counts = newCounts();
let evaluated = 0;

function newCounts() {
  return { evaluated: 0, exceptions: 0, slowestMs: 0, reasons: {}, values: {}, errors: {} };
}

async function evaluate(user) {
  const begun = performance.now();
  try {
    const { value, reason, errorCode } = await client.getBooleanDetails('switch', false, {
      targetingKey: `user-${user}`,
    });
    counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    counts.values[value] = (counts.values[value] ?? 0) + 1;
    if (errorCode !== undefined) counts.errors[errorCode] = (counts.errors[errorCode] ?? 0) + 1;
  } catch {
    counts.exceptions++;
  }
  counts.slowestMs = Math.max(counts.slowestMs, performance.now() - begun);
  counts.evaluated++;
}

await OpenFeature.setProviderAndWait(provider);
await Promise.all(Array.from({ length: USERS }, (_, user) => evaluate(user)));
counts = newCounts();

const start = performance.now();
const traffic = setInterval(() => {
  // timers come late on a busy machine: what is due is made up for
  const due = Math.min(Math.floor(((performance.now() - start) / 1_000) * A_SECOND) - evaluated, 10 * A_SECOND);
  for (let index = 0; index < due; index++) void evaluate(evaluated++ % USERS);
}, PERIOD_MS);

process.on('message', async (message) => {
  if (message === 'report') {
    process.send({
      ...counts,
      state: provider.status().state,
      warnings: warnings.length,
      cache: provider.stats().cache,
    });
    counts = newCounts();
    return;
  }
  clearInterval(traffic);
  await OpenFeature.close();
  process.disconnect();
});
process.send('ready');
