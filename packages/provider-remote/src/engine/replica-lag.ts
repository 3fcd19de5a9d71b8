import type { Clock, Timer } from '@halyard/core';

/** How long replicas of a relay may take to load what one of them has told of, in milliseconds. */
const LOOKS_MS: readonly number[] = [1_000, 10_000, 60_000];

/**
 * Has flags that changed outdated again a few times: behind a balancer, an evaluation soon after a notice may be answered
 * by a replica that has yet to load the change, and its old answer would be kept.
 */
export class ReplicaLag {
  readonly #clock: Clock;
  readonly #outdate: (flags: readonly string[]) => void;
  readonly #timers = new Set<Timer>();

  constructor(clock: Clock, outdate: (flags: readonly string[]) => void) {
    this.#clock = clock;
    this.#outdate = outdate;
  }

  changed(flags: readonly string[]): void {
    for (const delayMs of LOOKS_MS) {
      const timer = this.#clock.startTimer(delayMs, () => {
        this.#timers.delete(timer);
        this.#outdate(flags);
      });
      this.#timers.add(timer);
    }
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }
}
