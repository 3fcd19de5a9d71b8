import type { EvaluationContext } from '@openfeature/server-sdk';
import type { LocalProvider } from '@halyard/provider-local';
import fc from 'fast-check';
import { flagFolder } from './flag-folder.ts';
import { startedProvider } from './started-provider.ts';

const { write, path, ran } = flagFolder();

const RUNS = 120;

type Dialect = 'goff' | 'ruleset';

const aName = fc.oneof(fc.constantFrom('a', 'b', 'on', 'baseline', 'é', '\u{1f600}', '\uffee'), fc.string());
const aWeight = fc.oneof(
  fc.constantFrom(0, 0, 1, 33.3, 33.4),
  fc.integer({ min: 1, max: 50 }),
  fc.double({ min: 0.001, max: 90, noNaN: true }),
);
const twoTexts = fc.constantFrom(['x', 'y'], ['', 'text'], ['same', 'same']);

const contexts: readonly EvaluationContext[] = [
  {},
  { targetingKey: '' },
  ...Array.from({ length: 60 }, (_, index) => ({ targetingKey: `user-${index}`, plan: 'gold' })),
];

/** Everything an answer consists of, for every kind that can be asked for, and for none. */
function answers(provider: LocalProvider): unknown {
  return contexts.flatMap((context) =>
    [null, false, 'default', 3.25, { d: 1 }].map((otherwise) => {
      const { value, variant, reason, errorCode } = provider.evaluate<unknown>('f', otherwise, context);
      return { context, value, reason, errorCode, ...(errorCode === undefined && { variant }) };
    }),
  );
}

/** @returns undefined if the document was converted and all answers stayed; else why not */
async function refusal(document: object, from: Dialect, to: Dialect): Promise<string | undefined> {
  const file = write('before.json', JSON.stringify(document));
  const { code, err } = await ran('convert', file, '--to', to, '--out', path('after.yaml'), '--targeting-key-only');
  if (code !== 0) return err;
  const [before, after] = [await startedProvider(file, from), await startedProvider(path('after.yaml'), to)];
  expect(answers(after)).toEqual(answers(before));
  await Promise.all([before.onClose(), after.onClose()]);
  return undefined;
}

const codePoints = (text: string): number[] => [...text].map((character) => character.codePointAt(0) as number);

function isBefore(left: string, right: string): boolean {
  const [some, others] = [codePoints(left), codePoints(right)];
  const index = some.findIndex((point, at) => point !== others[at]);
  return index < 0 ? some.length < others.length : (some[index] as number) < (others[index] ?? -1);
}

const aTest = fc.uniqueArray(aName.filter(isWellFormed), { minLength: 2, maxLength: 4 }).chain((groups) =>
  fc.record({
    groups: fc.constantFrom(
      groups,
      groups.toSorted((left, right) => (isBefore(left, right) ? 1 : -1)),
    ),
    treatment_groups: fc.subarray(groups),
    weights: fc.array(fc.constantFrom(0, 1, 2, 10, 25), { minLength: groups.length, maxLength: groups.length }),
  }),
);

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}

test('a test of texts becomes a flag with every answer it had, unless its groups stand in another order', async () => {
  let [converted, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(aTest, twoTexts, async (feature, [value, baseline]) => {
      const populated = feature.groups.filter((_, index) => feature.weights[index] !== 0);
      // one group that has everybody is a constant in a flag, with a reason of its own
      fc.pre(populated.length > 1);
      const ruleset = { type: 'ab_test', baseline: { f: baseline }, features: { f: { ...feature, value } } };
      const why = await refusal({ r: ruleset }, 'ruleset', 'goff');
      const isInOrder = populated.every(
        (group, index) => index === 0 || isBefore(group, populated[index - 1] as string),
      );
      if (why === undefined) converted++;
      else refused++;
      if (!isInOrder) expect(why).toContain('flags split in descending order of names');
      else if (why !== undefined) expect(why).toContain('no percentages of a flag give everybody the bucket');
    }),
    { numRuns: RUNS },
  );
  expect(converted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(10);
}, 60_000);

test('a test of other values is refused: no flag answers a text request with a name and others with values', async () => {
  const aValue = fc.constantFrom([true, false], [1, 2], [{ a: 1 }, { a: 2 }], [null, null]);
  await fc.assert(
    fc.asyncProperty(aTest, aValue, async (feature, [value, baseline]) => {
      fc.pre(feature.weights.some((weight) => weight > 0));
      const ruleset = { type: 'ab_test', baseline: { f: baseline }, features: { f: { ...feature, value } } };
      expect(await refusal({ r: ruleset }, 'ruleset', 'goff')).toContain('a test answers text requests with the name');
    }),
    { numRuns: 20 },
  );
});

test('a split between two texts becomes a test with every answer it had, names included', async () => {
  let converted = 0;
  const aSplit = fc.uniqueArray(aName.filter(isWellFormed), { minLength: 2, maxLength: 4 }).chain((names) =>
    fc.record({
      names: fc.constant(names),
      texts: fc.array(fc.nat(1), { minLength: names.length, maxLength: names.length }),
      shares: fc.array(aWeight, { minLength: names.length - 1, maxLength: names.length - 1 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(aSplit, twoTexts, async ({ names, texts, shares }, pair) => {
      const rest = 100 - shares.reduce((sum, share) => sum + share, 0);
      fc.pre(rest >= 0);
      const percentages = [...shares, rest];
      const flag = {
        variations: Object.fromEntries(names.map((name, index) => [name, pair[texts[index] as number]])),
        defaultRule: { percentage: Object.fromEntries(names.map((name, index) => [name, percentages[index]])) },
      };
      const why = await refusal({ f: flag }, 'goff', 'ruleset');
      if (why === undefined) converted++;
      else expect(why).toMatch(/two variations must have a share|--rename-variants|no percentage of a feature/);
      expect(why ?? '').not.toContain('would answer differently');
    }),
    { numRuns: RUNS },
  );
  expect(converted).toBeGreaterThan(10);
}, 60_000);
