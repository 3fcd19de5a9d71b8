// The least that plain JavaScript needs for the same work: what nobody can beat, written by hand for each case.
import { readFile } from 'node:fs/promises';
import { OpenFeature } from '@openfeature/server-sdk';
import { contextOf, keyOf, keys, manyFlags } from '../flags.mjs';
import { bytesHeldBy, bytesPerCall, millisOnce, nanosPerAwait, nanosPerCall } from '../timing.mjs';

const frozen = (value, variant, reason) => Object.freeze({ value, variant, reason, flagMetadata: Object.freeze({}) });

function hash(text) {
  let value = 2166136261;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value >>> 0;
}

const staticFlags = new Map(keys.map((key) => [key, frozen(true, 'on', 'STATIC')]));
// the lookup, the shared answer, and the check that it is of the kind the caller asked for
function staticByHand(key, defaultValue) {
  const answer = staticFlags.get(key);
  if (answer === undefined || typeof answer.value !== typeof defaultValue) return { value: defaultValue };
  return answer;
}

const answers = ['first', 'second', 'third', 'fourth', 'fifth'].map((value, index) =>
  frozen(value, 'abcde'[index], 'TARGETING_MATCH'),
);
const other = frozen('none', 'other', 'DEFAULT');
const sides = [frozen('left', 'a', 'SPLIT'), frozen('right', 'b', 'SPLIT')];

// texts are compared without regard to case, as the query language does
function byHand(user) {
  if (user.plan.toLowerCase() === 'free') return answers[0];
  if (user.country.toLowerCase() === 'fr') return answers[1];
  if (user.device.toLowerCase() === 'tablet') return answers[2];
  if (Math.trunc(user.age) > 60) return answers[3];
  return user.beta === false ? answers[4] : other;
}

const rules = new Map([['five-rules', byHand]]);
const splitOf = ({ targetingKey }) => (hash('split' + targetingKey) % 100_000 < 50_000 ? sides[1] : sides[0]);
const splits = new Map([['split', splitOf]]);

function closures(index) {
  const on = frozen(true, 'on', 'TARGETING_MATCH');
  const off = frozen(false, 'off', 'DEFAULT');
  const key = `flag-${index}`;
  const [country, age] = [`c${index % 7}`, 50 + (index % 10)];
  const conditions = [
    (user) => user.country.toLowerCase() === country,
    (user) => user.age > age && user.plan.toLowerCase() === 'free',
    (user) => user.device.toLowerCase() === 'phone',
  ];
  const outcomes = [() => on, () => on, (user) => (hash(key + user.targetingKey) % 100_000 < 75_000 ? off : on)];
  return (user) => {
    for (let rule = 0; rule < 3; rule++) if (conditions[rule](user)) return outcomes[rule](user);
    return off;
  };
}

const constantProvider = {
  metadata: { name: 'constant' },
  resolveBooleanEvaluation: async () => ({ value: true, variant: 'on', reason: 'STATIC' }),
};

export const floor = {
  static: () => nanosPerCall((call) => staticByHand(keyOf(call), false).value),
  'static bytes': () => bytesPerCall((call) => staticByHand(keyOf(call), false).value),
  'five rules': () => nanosPerCall((call) => rules.get('five-rules')(contextOf(call))),
  'five rules bytes': () => bytesPerCall((call) => rules.get('five-rules')(contextOf(call))),
  split: () => nanosPerCall((call) => splits.get('split')(contextOf(call))),
  '1,000 flags': () => {
    const flags = new Map(Array.from({ length: 1_000 }, (_, index) => [`flag-${index}`, closures(index)]));
    return nanosPerCall((call) => {
      const user = contextOf(call);
      const all = new Map();
      for (const [key, decide] of flags) all.set(key, decide(user));
      return all;
    });
  },
  'through the client': async () => {
    await OpenFeature.setProviderAndWait(constantProvider);
    const client = OpenFeature.getClient();
    return nanosPerAwait((call) => client.getBooleanValue(keyOf(call), false, contextOf(call)));
  },
  'load 100': (file) => load(file),
  'load 1,000': (file) => load(file),
  'load 10,000': (file) => load(file),
  'load 10,000 and evaluate each': (file) => load(file),
  'heap per flag': async () => {
    const text = JSON.stringify(manyFlags(10_000));
    return (await bytesHeldBy(() => new Map(Object.entries(JSON.parse(text))))) / 10_000;
  },
};

function load(file) {
  return millisOnce(async () => new Map(Object.entries(JSON.parse(await readFile(file, 'utf8')))));
}
