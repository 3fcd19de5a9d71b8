import { ALL_BUCKETS, cut, PARTS_OF_A_PERCENT } from '../../../bucketing/shares.ts';
import type { Instant } from '../../../time/instant.ts';
import { compareInstants } from '../../../time/instant.ts';
import type { ProgressiveRollout } from '../model/flag-model.ts';

/** Buckets of a progressive rollout. */
export const ROLLOUT_MODULUS: number = ALL_BUCKETS;

/** A progressive rollout that can be carried out (goff-evaluation §5.3). */
export interface Rollout {
  readonly initialVariation: string;
  readonly endVariation: string;
  /** Buckets below this number have the end variation at `now`. */
  bucketsAt(now: Instant): number;
}

/** @returns undefined if a side, a variation or a date is missing, or the end is not after the start */
export function rolloutOf({ initial, end }: ProgressiveRollout): Rollout | undefined {
  if (initial?.variation === undefined || end?.variation === undefined) return undefined;
  const { date: from } = initial;
  const { date: to } = end;
  if (from === undefined || to === undefined || compareInstants(to, from) <= 0) return undefined;
  const p0 = (initial.percentage ?? 0) * PARTS_OF_A_PERCENT;
  const asked = end.percentage ?? 0;
  const p1 = (asked === 0 || asked > 100 ? 100 : asked) * PARTS_OF_A_PERCENT;
  const perSecond = (p1 - p0) / (to.seconds - from.seconds);
  return {
    initialVariation: initial.variation,
    endVariation: end.variation,
    bucketsAt(now) {
      if (compareInstants(now, from) < 0) return 0;
      if (compareInstants(now, to) >= 0) return cut(p1);
      // both dates in one second make this NaN, and nobody has the end variation yet
      return cut((now.seconds - from.seconds) * perSecond + p0);
    },
  };
}
