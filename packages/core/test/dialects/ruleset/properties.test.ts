import fc from 'fast-check';
import { goffDialect } from '../../../src/dialects/goff/goff-dialect.ts';
import { FlagSet } from '../../../src/engine/flag-set.ts';
import { FlagEntry } from '../../../src/engine/flag-entry.ts';
import type { HalyardError } from '../../../src/errors/halyard-error.ts';
import { compareCodePoints } from '../../../src/text/code-point-order.ts';
import { arranged, nextSet, ruleset, setOf } from './ruleset-harness.ts';

const goff = goffDialect({ enrichment: {}, now: () => ({ seconds: 0, nanos: 0 }) });

/** A GO Feature Flag flag with a percentage rule. */
function goffSet(key: string, variations: object, percentage: object): FlagSet {
  const definition = { variations, defaultRule: { percentage } };
  const entry = new FlagEntry(key, { definition, naming: 'exact' }, goff);
  expect(entry.decision).toBeDefined();
  return new FlagSet('1', new Map([[key, entry]]), goff);
}

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('f', '__proto__', 'clé'),
);
const id = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.uuid(), fc.emailAddress());
const steps = fc.integer({ min: 0, max: 100_000 });

test('a percentage picks exactly the users that a GO Feature Flag percentage picks', () => {
  fc.assert(
    fc.property(name, steps, fc.array(id, { minLength: 1, maxLength: 50 }), (feature, step, ids) => {
      const p = step / 1000;
      const ours = setOf(
        ruleset('percentage', JSON.parse(`{${JSON.stringify(feature)}:{"percentage":${p}}}`) as object),
      );
      const theirs = goffSet(feature, { true: true, false: false }, { true: p, false: 100 - p });
      for (const targetingKey of ids) {
        const answer = ours.evaluate(feature, { targetingKey }).resolution.value;
        expect(answer).toBe(theirs.evaluate(feature, { targetingKey }).resolution.value);
      }
    }),
    { numRuns: 300 },
  );
});

test('at the edge of every step both pick the same buckets', () => {
  const users = Array.from({ length: 40 }, (_, index) => ({ targetingKey: `user-${index}` }));
  for (let step = 0; step <= 100_000; step += 37) {
    const p = step / 1000;
    const ours = setOf(ruleset('percentage', { f: { percentage: p } }));
    const theirs = goffSet('f', { true: true, false: false }, { true: p, false: 100 - p });
    const picked = (set: FlagSet): unknown[] => users.map((user) => set.evaluate('f', user).resolution.value);
    expect(picked(ours)).toEqual(picked(theirs));
  }
});

/** Percentages in steps of 0.001 that add up to exactly 100, in floating point too. */
const shares = fc
  .array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 5 })
  .map((parts) => {
    const sum = parts.reduce((total, part) => total + part, 0);
    return sum <= 100_000 ? [...parts, 100_000 - sum] : [50_000, 50_000];
  })
  .map((parts) => parts.map((part) => part / 1000))
  .filter((parts) => parts.reduce((total, part) => total + part, 0) === 100);

test('a test gives users the groups that a GO Feature Flag percentage with these shares gives', () => {
  fc.assert(
    fc.property(name, shares, fc.array(id, { minLength: 1, maxLength: 30 }), (feature, weights, ids) => {
      // GO Feature Flag goes through the names in descending order
      const groups = weights.map((_weight, index) => `g${index}`).sort((left, right) => compareCodePoints(right, left));
      const percentage = Object.fromEntries(groups.map((group, index) => [group, weights[index]]));
      const text = JSON.stringify({ groups, weights });
      const ours = setOf(ruleset('ab_test', JSON.parse(`{${JSON.stringify(feature)}:${text}}`) as object));
      const theirs = goffSet(feature, Object.fromEntries(groups.map((group) => [group, group])), percentage);
      for (const targetingKey of ids) {
        const { variant } = ours.evaluate(feature, { targetingKey }).resolution;
        expect(variant).toBe(theirs.evaluate(feature, { targetingKey }).resolution.variant);
      }
    }),
    { numRuns: 300 },
  );
});

test('every user is in a group, whatever the weights are', () => {
  const weights = fc
    .array(fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(0, 1e-300)), {
      minLength: 1,
      maxLength: 6,
    })
    .filter((given) => given.some((weight) => weight > 0));
  fc.assert(
    fc.property(weights, fc.array(id, { minLength: 1, maxLength: 20 }), (given, ids) => {
      const groups = given.map((_weight, index) => `g${index}`);
      const set = setOf(ruleset('ab_test', { f: { groups, weights: given } }));
      for (const targetingKey of ids) {
        const { variant } = set.evaluate('f', { targetingKey }).resolution;
        expect(given[groups.indexOf(variant as string)]).toBeGreaterThan(0);
      }
    }),
  );
});

const word = fc.constantFrom(
  ...['type', 'kill_switch_active', 'baseline', 'features', 'enabled', 'percentage', 'whitelist', 'target_attributes'],
  ...['groups', 'weights', 'treatment_groups', 'value', 'requires', 'f', 'g', '__proto__', 'toString'],
);
const { value: anyDocument } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(null, true, false, 0, 1, -1, 50, 1e300, '', 'f', 'g', 'percentage', 'user_targeting', 'ab_test'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));
const someDocument = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
  fc.dictionary(word, anyDocument, { noNullPrototype: true }),
  fc
    .record({
      type: fc.constantFrom('percentage', 'user_targeting', 'ab_test'),
      features: fc.dictionary(word, anyDocument),
    })
    .map((r) => JSON.parse(JSON.stringify({ r })) as object),
);

test('any JSON as a document is refused with SOURCE_INVALID or answers every feature, and never throws otherwise', () => {
  const good = setOf(ruleset('percentage', { f: { percentage: 100 } }));
  fc.assert(
    fc.property(someDocument, fc.dictionary(fc.string(), fc.anything()), (document, context) => {
      try {
        const { set } = nextSet(good, arranged(document));
        for (const { key } of set.entries()) {
          const { reason, flagMetadata } = set.evaluate(key, context).resolution;
          expect(['STATIC', 'DEFAULT', 'SPLIT', 'TARGETING_MATCH', 'DISABLED', 'ERROR']).toContain(reason);
          expect(flagMetadata['ruleset']).toBeDefined();
          expect(set.explain(key, context, { seconds: 0, nanos: 0 })).toBeDefined();
        }
        expect(set.diagnostics()).toEqual([]);
      } catch (error) {
        if ((error as HalyardError).code !== 'SOURCE_INVALID') throw error;
      }
      expect(good.evaluate('f', {}).resolution.value).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('the trace leads to the answer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), id, (step, targetingKey) => {
      const set = setOf(ruleset('percentage', { f: { percentage: step / 1000 } }));
      const percentage = set.explain('f', { targetingKey }, { seconds: 0, nanos: 0 }).at(-1);
      if (percentage?.step !== 'percentage') throw new Error('no bucket');
      const { bucket, shares: told } = percentage;
      const share = told.find(({ from, to }) => bucket >= from && bucket < to);
      expect(share?.variation).toBe(set.evaluate('f', { targetingKey }).resolution.variant);
    }),
  );
});
