import { describePublished, publishedCases } from '@halyard/testkit';
import { compileFlag } from '../../src/dialects/goff/evaluation/compile-flag.ts';
import { bucketOf } from '../../src/bucketing/shares.ts';
import { workshopIn } from '../../src/dialects/goff/evaluation/workshop.ts';
import { flagNeedsKey } from '../../src/dialects/goff/evaluation/bucketing.ts';
import { mergeRule } from '../../src/dialects/goff/evaluation/rule-merge.ts';
import { goffDialect } from '../../src/dialects/goff/goff-dialect.ts';
import { targetingOf } from '../../src/dialects/goff/targeting/targeting.ts';
import { joinQueryLines } from '../../src/dialects/goff/query/joined-query.ts';
import { fnv1a } from '../../src/hash/fnv1a.ts';
import { instantOfMillis } from '../../src/time/instant.ts';
import differences from './engine-differences.json' with { type: 'json' };
import type { EngineCase } from './engine-harness.ts';
import { answerOf, modelOf } from './engine-harness.ts';

const argued = new Map(Object.entries(differences.rows as Record<string, string>));

/** Rows that are argued in engine-differences.json must still differ: an argument nobody needs is out of date. */
function holds(id: string, check: () => void): void {
  if (!argued.has(id)) return check();
  expect(check).toThrow();
}

const kinds = {
  boolean: 'boolean',
  bool: 'boolean',
  string: 'string',
  number: 'number',
  int: 'number',
  integer: 'number',
  float: 'number',
  object: 'object',
  json: 'object',
  array: 'object',
  any: 'any',
} as const;
const kindOf = (name: string | undefined): (typeof kinds)[keyof typeof kinds] =>
  kinds[(name ?? 'any') as keyof typeof kinds];

const engineCodes: Readonly<Record<string, string>> = { FLAG_CONFIG: 'GENERAL' };

function compare(row: EngineCase): void {
  const answer = answerOf(row, kindOf(row.type ?? row.expectedType));
  for (const [name, value] of Object.entries(row.expected)) {
    if (name === 'trackEvents' || name === 'failed' || name === 'errorDetails') continue;
    const absent = value === '' || value === null;
    const expected = name === 'errorCode' ? (absent ? undefined : (engineCodes[String(value)] ?? value)) : value;
    expect({ [name]: answer[name] }).toEqual({ [name]: expected });
  }
}

describePublished('the published tables of the engine', () => {
  describe.each(['value', 'rule', 'variation-api'])('%s', (table) => {
    // the Go library's own states (not initialised, offline, a lookup that fails) are no evaluations
    const rows = publishedCases<EngineCase>(`engine/${table}.json`).filter(
      (row) => !row.notInitialised && !row.offline && !row.flagLookupFails && !row.goOnly,
    );
    test.each(rows)('$id', (row) => holds(row.id, () => compare(row)));
  });

  interface Validation {
    readonly id: string;
    readonly flag: object;
    readonly expected: { readonly valid: boolean };
  }

  const dialect = goffDialect({ enrichment: {}, now: () => instantOfMillis(0) });
  const isValid = (flag: unknown): boolean =>
    dialect.read('f', { definition: flag, naming: 'any-case' }).decision !== undefined;

  test.each(publishedCases<Validation>('engine/flag-validation.json'))('$id', ({ id, flag, expected }) => {
    holds(id, () => expect(isValid(flag)).toBe(expected.valid));
  });

  interface RuleValidation {
    readonly id: string;
    readonly rule: object;
    readonly isDefaultRule: boolean;
    readonly variations: object;
    readonly expected: { readonly valid: boolean };
  }

  test.each(publishedCases<RuleValidation>('engine/rule-validation.json'))('$id', (row) => {
    const [anyVariation] = Object.keys(row.variations);
    const flag = row.isDefaultRule
      ? { variations: row.variations, defaultRule: row.rule }
      : { variations: row.variations, targeting: [row.rule], defaultRule: { variation: anyVariation } };
    holds(row.id, () => expect(isValid(flag)).toBe(row.expected.valid));
  });

  interface Merge {
    readonly id: string;
    readonly original: object;
    readonly update: object;
    readonly expected: object;
  }

  test.each(publishedCases<Merge>('engine/rule-merge.json'))('$id', ({ original, update, expected }) => {
    const ruleOf = (rule: object): NonNullable<ReturnType<typeof modelOf>['targeting']>[number] =>
      modelOf({ targeting: [rule] }).targeting?.[0] ?? ({} as never);
    const plain = (rule: unknown): unknown =>
      JSON.parse(
        JSON.stringify(rule, (_key, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value)),
      );
    expect(plain(mergeRule(ruleOf(original), ruleOf(update)))).toEqual(plain(ruleOf(expected)));
  });

  interface Bucketing {
    readonly id: string;
    readonly flag: object;
    readonly context?: Record<string, unknown>;
    readonly expected: { readonly requiresBucketing?: boolean; readonly key?: string };
  }

  test.each(publishedCases<Bucketing>('engine/bucketing.json'))('$id', ({ flag, context, expected }) => {
    const model = modelOf(flag);
    if (expected.requiresBucketing !== undefined) expect(flagNeedsKey(model)).toBe(expected.requiresBucketing);
    if (context === undefined) return;
    const decision = compileFlag('f', model, workshopIn({ enrichment: {}, now: () => instantOfMillis(0) }));
    const { resolution } = typeof decision === 'function' ? decision(context, undefined) : decision;
    expect(resolution.errorCode === 'TARGETING_KEY_MISSING').toBe(expected.key === undefined);
  });

  interface Hash {
    readonly id: string;
    readonly input?: string;
    readonly flagKey?: string;
    readonly bucketingKey?: string;
    readonly maxPercentage?: number;
    readonly expected: number;
  }

  test.each(publishedCases<Hash>('engine/hash.json'))(
    '$id',
    ({ input, flagKey = '', bucketingKey = '', maxPercentage = 0, expected }) => {
      if (input !== undefined) expect(fnv1a(input)).toBe(expected);
      else expect(bucketOf(fnv1a(bucketingKey, fnv1a(flagKey)), maxPercentage)).toBe(expected);
    },
  );

  interface Helper {
    readonly id: string;
    readonly input: unknown;
    readonly expected: unknown;
  }

  const helpers = publishedCases<Helper>('engine/helpers.json');
  test.each(helpers.filter(({ id }) => id.startsWith('TestIsJSONObject')))('$id', ({ input, expected }) => {
    expect(targetingOf(input as string).kind === 'json-logic').toBe(expected);
  });
  test.each(helpers.filter(({ id }) => id.startsWith('TestStrTrim')))('$id', ({ input, expected }) => {
    expect(joinQueryLines(input as string).text).toBe(expected);
  });

  interface Protected {
    readonly id: string;
    readonly context: Record<string, unknown>;
    readonly expected: { readonly FlagList?: readonly string[] | null };
  }

  test.each(publishedCases<Protected>('engine/context-protected-fields.json'))('$id', ({ id, context, expected }) => {
    holds(id, () =>
      expect(goffDialect({ enrichment: {}, now: () => instantOfMillis(0) }).selection(context) ?? null).toEqual(
        expected.FlagList ?? null,
      ),
    );
  });
});
