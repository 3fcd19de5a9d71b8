import { fnv1a } from '../hash/fnv1a.ts';

/** Parts of a percent that one bucket stands for: steps are 0.001 points. */
export const PARTS_OF_A_PERCENT = 1000;

/** The buckets of everybody, where shares are percentages of all. */
export const ALL_BUCKETS = 100_000;

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

/** The bucket of a hash. */
export function bucketOf(hash: number, modulus: number): number {
  return modulus === 0 ? 0 : hash % modulus;
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
