import type { Share } from '../../../bucketing/shares.ts';
import { cut, PARTS_OF_A_PERCENT } from '../../../bucketing/shares.ts';
import { compareCodePoints } from '../../../text/code-point-order.ts';

/** The shares of a percentage split, and the buckets there are. */
export interface Shares {
  readonly modulus: number;
  readonly shares: readonly Share[];
}

/**
 * The buckets of a percentage split. Names go in descending order, and the sum is added in that order too: upstream
 * adds in random order, which now and then changes the sum's last bit (§5.2).
 */
export function sharesOf(percentage: ReadonlyMap<string, number>): Shares {
  const entries = [...percentage].sort(([left], [right]) => compareCodePoints(right, left));
  const sum = entries.reduce((total, [, percent]) => total + percent, 0);
  let start = 0;
  const shares = entries.map(([variation, percent]) => {
    const end = start + percent * PARTS_OF_A_PERCENT;
    const share = { variation, from: cut(start), to: cut(end) };
    start = end;
    return share;
  });
  return { modulus: cut(sum * PARTS_OF_A_PERCENT), shares };
}

/** Whether a split counts as one in the reason: none of its entries is exactly 100 (§9.1). */
export function isSplit(percentage: ReadonlyMap<string, number>): boolean {
  if (percentage.size === 0) return false;
  for (const percent of percentage.values()) if (percent === 100) return false;
  return true;
}
