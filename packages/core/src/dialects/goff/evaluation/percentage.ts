import { fnv1a } from '../../../hash/fnv1a.ts';
import { compareCodePoints } from '../../../text/code-point-order.ts';

/** Parts of a percent that one bucket stands for: steps are 0.001 points. */
const PARTS = 1000;

/** Truncation to an unsigned 32-bit integer, for numbers out of range as on amd64 (goff-evaluation §5.2, §12). */
export function cut(value: number): number {
  return Math.abs(value) < 2 ** 63 ? Math.trunc(value) >>> 0 : 0;
}

/** One variation's share: the buckets from `from` (included) to `to` (excluded). */
export interface Share {
  readonly variation: string;
  readonly from: number;
  readonly to: number;
}

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
    const end = start + percent * PARTS;
    const share = { variation, from: cut(start), to: cut(end) };
    start = end;
    return share;
  });
  return { modulus: cut(sum * PARTS), shares };
}

/** The bucket of a hash. */
export function bucketOf(hash: number, modulus: number): number {
  return modulus === 0 ? 0 : hash % modulus;
}

/** Whether a split counts as one in the reason: none of its entries is exactly 100 (§9.1). */
export function isSplit(percentage: ReadonlyMap<string, number>): boolean {
  if (percentage.size === 0) return false;
  for (const percent of percentage.values()) if (percent === 100) return false;
  return true;
}

/**
 * Chooses by bucket.
 *
 * @param seed the hash of the flag key, with which every bucketing key's hash begins
 * @returns the index of the share that a bucketing key falls into, -1 if it falls into none
 */
export function compileShares(modulus: number, shares: readonly Share[], seed: number): (key: string) => number {
  const from = shares.map((share) => share.from);
  const to = shares.map((share) => share.to);
  return (key) => {
    const bucket = bucketOf(fnv1a(key, seed), modulus);
    for (let index = 0; index < to.length; index++) {
      if (bucket >= (from[index] as number) && bucket < (to[index] as number)) return index;
    }
    return -1;
  };
}
