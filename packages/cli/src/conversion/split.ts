import type { FlagReader, TraceStep } from '@halyard/core';
import { goffDialect, instantOfMillis } from '@halyard/core';
import { rulesetDialect } from '@halyard/core/ruleset';

type Shares = Extract<TraceStep, { step: 'percentage' }>['shares'];

/** Who gets what of a flag that is decided by nothing but a split. */
export interface Split {
  readonly modulus: number;
  /** Those that somebody gets, in order. */
  readonly shares: Shares;
}

const now = instantOfMillis(0);
const anybody = { targetingKey: 'anybody' };
const surroundings = { enrichment: {}, now: () => now };

/** The split that decides a flag, as the dialect itself explains it; undefined if none does. */
export function splitOf(key: string, definition: unknown, reader: FlagReader): Split | undefined {
  const trace = reader.explain(key, { definition, naming: 'exact' }, anybody, now);
  const step = trace.find((candidate) => candidate.step === 'percentage');
  return step && { modulus: step.modulus, shares: step.shares.filter(({ from, to }) => from < to) };
}

const goff = goffDialect(surroundings);
const ruleset = rulesetDialect(surroundings);

export function splitOfGoffFlag(key: string, flag: unknown): Split | undefined {
  return splitOf(key, flag, goff);
}

/** The split of a feature in a ruleset of percentages. */
export function splitOfPercentage(key: string, percentage: number): Split | undefined {
  return splitIn({ type: 'percentage', features: { [key]: { percentage } } }, key);
}

/** The split of a feature in a ruleset of tests. */
export function splitOfTest(key: string, test: { readonly groups: readonly string[] }): Split | undefined {
  return splitIn({ type: 'ab_test', features: { [key]: test } }, key);
}

function splitIn(definition: { readonly type: string; readonly features: object }, key: string): Split | undefined {
  const { readerOf } = ruleset.arrange(new Map([['r', { definition, naming: 'exact' }]]), {});
  return splitOf(key, definition, readerOf(key));
}

/** Whether two splits give the same bucket the same share, whatever the shares are called. */
export function haveSameBuckets(left: Split, right: Split | undefined): boolean {
  if (left.modulus !== right?.modulus || left.shares.length !== right.shares.length) return false;
  return left.shares.every(
    ({ from, to }, index) => from === right.shares[index]?.from && to === right.shares[index]?.to,
  );
}

/** A number and the next larger ones: sums of decimal fractions now and then fall short by the last bit. */
export function* fromHereUp(value: number): Generator<number> {
  for (let steps = 0; steps < 4; steps++) yield value + steps * (value || 1) * Number.EPSILON;
}
