import type { EvaluationContext } from '@openfeature/server-sdk';
import type { LocalProvider } from '@halyard/provider-local';
import fc from 'fast-check';
import { flagFolder } from './flag-folder.ts';
import { startedProvider } from './started-provider.ts';

const { write, read, path, ran } = flagFolder();

const RUNS = 150;

const names = ['on', 'baseline', 'true', 'no', 'a', 'b', 'é', "it's", '"q"', '<<', 'x: y', '- 1'];
const aKey = fc.oneof(fc.constantFrom('f', 'g', '1', 'null', '__proto__', "k'"), fc.string({ minLength: 1 }));
const aText = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ufffd', '\ud800', ''),
);
const aScalar = fc.oneof(
  aText,
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const aPair = fc.oneof(
  fc.tuple(fc.boolean(), fc.boolean()),
  fc.tuple(aText, aText),
  fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
  fc.tuple(fc.dictionary(aText, fc.jsonValue()), fc.constant({ z: 1 })),
  fc.constantFrom([true, false], [null, null], ['on', 'off']),
);
const aPath = fc.constantFrom(
  'plan',
  'user.tier',
  'anonymous',
  'key',
  'a.0',
  'user..tier',
  '__proto__',
  'id',
  'user.Infinity',
);
const anId = fc.oneof(
  fc.constantFrom('ada', 'eve', '5', '0.1', ''),
  fc.integer({ min: 0, max: 9 }),
  fc.constant(1e-7),
  fc.string(),
);
const aPercentage = fc.oneof(
  fc.constantFrom(0, 100),
  fc.integer({ min: 0, max: 100_000 }).map((p) => p / 1000),
  fc.double({ min: 0, max: 100, noNaN: true }),
);

const bodies = {
  percentage: fc.record({ percentage: aPercentage }),
  user_targeting: fc.record(
    {
      whitelist: fc.array(anId, { maxLength: 3 }),
      blacklist: fc.array(anId, { maxLength: 3 }),
      target_attributes: fc.dictionary(aPath, fc.oneof(aScalar, fc.array(aScalar, { maxLength: 3 })), { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  ),
  ab_test: fc.uniqueArray(aText, { minLength: 1, maxLength: 4 }).chain((groups) =>
    fc.record({
      // in most runs the order that a flag splits in
      groups: fc.constantFrom(
        groups,
        groups.toSorted((left, right) => (left < right ? 1 : -1)),
      ),
      treatment_groups: fc.subarray(groups),
      weights: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: groups.length, maxLength: groups.length }),
    }),
  ),
} as const;

const aRuleset = fc.constantFrom('percentage', 'user_targeting', 'ab_test').chain((type) => {
  const body: fc.Arbitrary<object> = bodies[type];
  const aFeature = fc.record({ pair: aPair, body, enabled: fc.constantFrom(true, true, true, false) });
  return fc
    .record({
      kill: fc.constantFrom(false, false, false, true),
      features: fc.dictionary(aKey, aFeature, { minKeys: 1, maxKeys: 3 }),
    })
    .map(({ kill, features }) => {
      const entries = Object.entries(features);
      return {
        type,
        kill_switch_active: kill,
        baseline: Object.fromEntries(entries.map(([key, { pair }]) => [key, pair[1]])),
        features: Object.fromEntries(
          entries.map(([key, { pair, body, enabled }]) => [key, { ...body, enabled, value: pair[0] }]),
        ),
      };
    });
});

const aWithAttributes = fc.record(
  {
    plan: aScalar,
    user: fc.oneof(fc.constantFrom({ tier: 1 }, { tier: 'gold' }, ['x']), aScalar),
    a: fc.constantFrom([1], { 0: 1 }),
    anonymous: aScalar,
    key: aText,
  },
  { requiredKeys: [] },
);

/** Contexts that keep to what --targeting-key-only promises. */
const aContext = fc
  .tuple(
    fc.option(fc.oneof(fc.constantFrom('ada', 'eve', '5', '0.1', '0.0000001', ''), fc.string({ unit: 'binary' })), {
      nil: undefined,
    }),
    aWithAttributes,
  )
  .map(
    ([key, attributes]) => ({ ...attributes, ...(key !== undefined && { targetingKey: key }) }) as EvaluationContext,
  );

/** Any contexts: users may be named by what only rulesets look at. */
const anyContext = fc
  .tuple(
    aContext,
    fc.record({ user_id: anId, id: anId, targetingKey: fc.oneof(anId, fc.boolean()) }, { requiredKeys: [] }),
  )
  .map(([context, ids]) => ({ ...context, ...ids }) as EvaluationContext);

/** What is the same before and after: value, variant and error code, whatever kind is asked for. */
function answers(provider: LocalProvider, key: string, context: EvaluationContext, isNamed: boolean): unknown {
  return [null, false, 'default', 3.25, { d: 1 }].map((otherwise) => {
    const { value, variant, errorCode } = provider.evaluate<unknown>(key, otherwise, context);
    return { value, errorCode, ...(isNamed && errorCode === undefined && { variant }) };
  });
}

interface Sides {
  readonly before: { readonly dialect: 'goff' | 'ruleset'; readonly document: Record<string, unknown> };
  readonly to: 'goff' | 'ruleset';
  readonly keys: readonly string[];
  readonly options: readonly string[];
}

/** @returns whether the document was converted; then every answer is compared */
async function isSameAfter(
  { before, to, keys, options }: Sides,
  contexts: readonly EvaluationContext[],
): Promise<boolean> {
  const file = write('before.json', JSON.stringify(before.document));
  const { code, err } = await ran('convert', file, '--to', to, '--out', path('after.yaml'), ...options);
  if (code !== 0) {
    expect(err).toMatch(/error: [^]*nothing was converted\n$/);
    // what is not exact is refused for a reason that is known beforehand
    expect(err).not.toContain('would answer differently');
    return false;
  }
  const [old, converted] = [await startedProvider(file, before.dialect), await startedProvider(path('after.yaml'), to)];
  for (const context of contexts) {
    const isNamed = !options.includes('--rename-variants');
    for (const key of keys) {
      expect({ key, context, told: answers(converted, key, context, isNamed), file: read('after.yaml') }).toEqual({
        key,
        context,
        told: answers(old, key, context, isNamed),
        file: read('after.yaml'),
      });
    }
  }
  await Promise.all([old.onClose(), converted.onClose()]);
  return true;
}

test.each([
  ['as it is promised', ['--targeting-key-only'], aContext],
  ['in any way', [], anyContext],
] as const)(
  'a ruleset gives everybody the answers they had, users being named %s',
  async (_how, options, context) => {
    let converted = 0;
    await fc.assert(
      fc.asyncProperty(aRuleset, fc.array(context, { minLength: 5, maxLength: 20 }), async (ruleset, contexts) => {
        const before = { dialect: 'ruleset' as const, document: { r: ruleset } };
        const keys = Object.keys(ruleset.baseline);
        if (await isSameAfter({ before, to: 'goff', keys, options }, contexts)) converted++;
      }),
      { numRuns: RUNS },
    );
    expect(converted).toBeGreaterThan(10);
  },
  60_000,
);

const aShare = fc.oneof(
  fc.constantFrom(0, 100),
  fc.integer({ min: 0, max: 100_000 }).map((p) => p / 1000),
);
const aQuery = fc.oneof(
  fc.constantFrom(
    'plan eq "gold"',
    '',
    '{"in":[{"var":"targetingKey"},["ada","5"]]}',
    '{"===":[{"var":"plan"},"gold"]}',
  ),
  fc.constantFrom(
    '{"or":[{"===":[{"var":"plan"},"on"]},{"===":[{"var":"plan"},1]}]}',
    '{"in":[{"var":"key"},["ada"]]}',
  ),
  fc.constantFrom(
    '{"and":[{"===":[{"var":"user.tier"},1]},{"===":[{"var":"plan"},true]}]}',
    '{"==":[{"var":"plan"},1]}',
  ),
);

const aFlag = fc
  .record({
    pair: aPair,
    names: fc.constantFrom(['on', 'baseline'], ['on', 'baseline'], ['true', 'false'], ['a', 'b']),
  })
  .chain(({ pair, names: [one = '', two = ''] }) => {
    const aName = fc.constantFrom(one, two);
    const aSplit = aShare.map((p) => ({ percentage: { [one]: p, [two]: 100 - p } }));
    const aRule = fc.record({ query: aQuery, variation: aName, disable: fc.constantFrom(false, false, true) });
    return fc.record(
      {
        variations: fc.constant({ [one]: pair[0], [two]: pair[1] }),
        defaultRule: fc.oneof(
          aName.map((variation) => ({ variation })),
          aSplit,
        ),
        targeting: fc.oneof(fc.constant([]), fc.array(aRule, { maxLength: 2 })),
        disable: fc.constantFrom(false, false, false, false, false, true),
        metadata: fc.constant({ a: 1 }),
      },
      { requiredKeys: ['variations', 'defaultRule'] },
    );
  });

test.each([
  [['--targeting-key-only'], aContext],
  [['--targeting-key-only', '--rename-variants'], aContext],
  [['--rename-variants'], anyContext],
])(
  'flags that are converted with %j give everybody the answers they had',
  async (options, context) => {
    let converted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(aKey, aFlag, { minKeys: 1, maxKeys: 2 }),
        fc.array(context, { minLength: 5, maxLength: 20 }),
        async (document, contexts) => {
          const before = { dialect: 'goff' as const, document };
          if (await isSameAfter({ before, to: 'ruleset', keys: Object.keys(document), options }, contexts)) converted++;
        },
      ),
      { numRuns: RUNS },
    );
    expect(converted).toBeGreaterThan(3);
  },
  60_000,
);
