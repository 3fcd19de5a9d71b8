import type { Clock } from '@halyard/core';
import { HalyardError } from '@halyard/core';

/**
 * From flags to no flags at all is most often somebody's accident: a relay that lost its file, a table that is just
 * being filled, a file that was cut off. It is believed only when it lasts.
 */
export class EmptinessGuard {
  readonly #clock: Clock;
  /** When the source first said so, on the monotonic clock. */
  #emptySince: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Looks at a new set before it is put in force.
   *
   * @param sizes how many flags are in force, and how many the new set has
   * @param emptyAfterMs how long the source must have none before that is believed
   * @throws HalyardError `SOURCE_INVALID` if it is not believed yet
   */
  check(name: string, sizes: { readonly before: number; readonly after: number }, emptyAfterMs: number): void {
    if (sizes.after > 0 || sizes.before === 0) {
      this.#emptySince = undefined;
      return;
    }
    const now = this.#clock.elapsed();
    this.#emptySince ??= now;
    if (now - this.#emptySince >= emptyAfterMs) return;
    const message = `${name} has no flags at all any more, which is not believed before ${emptyAfterMs} ms have passed`;
    throw new HalyardError('SOURCE_INVALID', message, { details: { emptyAfterMs } });
  }
}
