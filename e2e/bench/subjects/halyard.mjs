import { writeFile } from 'node:fs/promises';
import { OpenFeature } from '@openfeature/server-sdk';
import { LocalProvider } from '@halyard/provider-local';
import { context, contextOf, fiveRules, keyOf, keys, manyFlags, split, staticFlag } from '../flags.mjs';
import { bytesHeldBy, bytesPerCall, median, millisOnce, nanosPerAwait, nanosPerCall } from '../timing.mjs';

const silent = { error() {}, warn() {}, info() {}, debug() {} };

async function started(source, options = {}) {
  const provider = new LocalProvider({ source, logger: silent, ...options });
  await provider.initialize();
  return provider;
}

const staticFlags = () => started(Object.fromEntries(keys.map((key) => [key, staticFlag])));

export const halyard = {
  static: async () => {
    const provider = await staticFlags();
    return nanosPerCall((call) => provider.evaluate(keyOf(call), false, contextOf(call)).value);
  },
  'static bytes': async () => {
    const provider = await staticFlags();
    return bytesPerCall((call) => provider.evaluate(keyOf(call), false, contextOf(call)).value);
  },
  'five rules': async () => {
    const provider = await started({ 'five-rules': fiveRules });
    return nanosPerCall((call) => provider.evaluate('five-rules', '', contextOf(call)));
  },
  'five rules bytes': async () => {
    const provider = await started({ 'five-rules': fiveRules });
    return bytesPerCall((call) => provider.evaluate('five-rules', '', contextOf(call)));
  },
  split: async () => {
    const provider = await started({ split });
    return nanosPerCall((call) => provider.evaluate('split', '', contextOf(call)));
  },
  '1,000 flags': async () => {
    const provider = await started(manyFlags(1_000));
    return nanosPerCall((call) => provider.snapshot(contextOf(call)));
  },
  'through the client': async () => {
    await OpenFeature.setProviderAndWait(await staticFlags());
    const client = OpenFeature.getClient();
    return nanosPerAwait((call) => client.getBooleanValue(keyOf(call), false, contextOf(call)));
  },
  'load 100': (file) => load(file),
  'load 1,000': (file) => load(file),
  'load 10,000': (file) => load(file),
  'load 10,000 and evaluate each': (file) =>
    load(file, (provider) => {
      for (let index = 0; index < 10_000; index++) provider.evaluate(`flag-${index}`, false, context);
    }),
  'heap per flag': async () => {
    const held = await bytesHeldBy(async () => {
      const provider = await started(manyFlags(10_000));
      provider.evaluateAll(context);
      provider.diagnostics();
      return provider;
    });
    return held / 10_000;
  },
  'reload pause': (file) => reloadPause(file),
};

function load(file, use = () => undefined) {
  const open = async () => {
    const provider = await started(file, { pollIntervalMs: 0 });
    use(provider);
    return provider;
  };
  return millisOnce(open, (provider) => provider.onClose());
}

/** The longest pause of the event loop while 10,000 changed flags are taken over, less the longest of JSON.parse alone. */
async function reloadPause(file) {
  const beyond = [];
  for (let run = 0; run < 5; run++) {
    const texts = ['a', 'b'].map((salt) => JSON.stringify(manyFlags(10_000, `${salt}${run}`)));
    await writeFile(file, texts[0]);
    const provider = await started(file, { pollIntervalMs: 0 });
    provider.evaluateAll(context);
    const parse = await longestPause(async () => void JSON.parse(texts[1]));
    await writeFile(file, texts[1]);
    const traffic = setInterval(() => provider.evaluate('flag-7', false, context), 1);
    const reload = await longestPause(() => provider.reload());
    clearInterval(traffic);
    await provider.onClose();
    beyond.push(Math.max(0, reload - parse));
  }
  return median(beyond);
}

/** The longest time between two turns of the event loop while `work` goes on, in milliseconds. */
async function longestPause(work) {
  globalThis.gc?.();
  let longest = 0;
  let last = performance.now();
  let isWatching = true;
  const watch = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (isWatching) setImmediate(watch);
  };
  setImmediate(watch);
  await new Promise((resolve) => setImmediate(resolve));
  await work();
  await new Promise((resolve) => setTimeout(resolve, 300));
  isWatching = false;
  return longest;
}
