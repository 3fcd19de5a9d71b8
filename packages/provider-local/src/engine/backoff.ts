import type { Random } from '@halyard/core';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after so many failures in a row: 1 s, doubling up to 60 s, of which a random part up to a half is
 * taken off, so that many processes do not come back at the same moment.
 */
export function backoffDelay(failures: number, random: Random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return full - random() * (full / 2);
}
