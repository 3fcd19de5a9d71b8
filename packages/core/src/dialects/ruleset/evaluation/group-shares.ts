import type { Share } from '../../../bucketing/shares.ts';
import { ALL_BUCKETS, cut, PARTS_OF_A_PERCENT } from '../../../bucketing/shares.ts';
import type { FeatureRule } from '../model/ruleset-model.ts';

type Percentage = Extract<FeatureRule, { type: 'percentage' }>;
type AbTest = Extract<FeatureRule, { type: 'ab_test' }>;

/** The names of a feature's two answers. */
export const ON = 'on';
export const BASELINE = 'baseline';

/** The buckets of a percentage feature, cut as GO Feature Flag cuts those of `{ true: p, false: 100 - p }` (rulesets §3). */
export function percentageShares({ percentage }: Percentage): readonly [on: Share, off: Share] {
  const limit = cut(percentage * PARTS_OF_A_PERCENT);
  return [
    { variation: ON, from: 0, to: limit },
    { variation: BASELINE, from: limit, to: ALL_BUCKETS },
  ];
}

/**
 * The buckets of the groups of a test, in their order. Weights that add up to 100 are cut as GO Feature Flag cuts
 * percentages; what rounding leaves over belongs to the last group that has a share.
 */
export function groupShares({ groups, weights }: AbTest): readonly Share[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const parts = ALL_BUCKETS / sum;
  const last = weights.findLastIndex((weight) => weight > 0);
  let start = 0;
  return groups.map((variation, index) => {
    const end = start + (weights[index] as number) * parts;
    const from = index > last ? ALL_BUCKETS : cut(start);
    const share = { variation, from, to: index >= last ? ALL_BUCKETS : cut(end) };
    start = end;
    return share;
  });
}
