import type { Random } from '../ports/random.ts';

/** How delays grow. */
export interface BackoffLimits {
  /** The delay after the first failure, in milliseconds. */
  readonly initialMs: number;
  /** The longest delay, in milliseconds. */
  readonly maxMs: number;
}

/**
 * How long to wait after so many failures in a row, in milliseconds: doubling from `initialMs` up to `maxMs`, of which
 * a random part up to a half is taken off, so that many processes do not come back at the same moment.
 */
export function backoffDelay(failures: number, { initialMs, maxMs }: BackoffLimits, random: Random): number {
  const full = Math.min(maxMs, initialMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  return full - random() * (full / 2);
}
