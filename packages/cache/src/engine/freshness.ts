import type { Clock } from '@halyard/core';

/** What is known about the age of an answer. Times are on the monotonic clock, in milliseconds. */
interface Aged {
  readonly storedAt: number;
  readonly staleSince: number | undefined;
}

/** How long answers live. */
export interface FreshnessLimits {
  readonly ttlMs: number;
  readonly staleTtlMs: number;
  readonly clock: Clock;
}

/** Tells fresh, stale and dead answers apart. */
export class Freshness {
  readonly #limits: FreshnessLimits;
  #isFollowed = false;
  #confirmedAt = -Infinity;

  constructor(limits: FreshnessLimits) {
    this.#limits = limits;
  }

  get now(): number {
    return this.#limits.clock.elapsed();
  }

  /** Whatever is not outdated is as good as new. */
  confirm(): void {
    this.#confirmedAt = this.now;
  }

  /** Whether every change is told at once: while it is, answers do not age. */
  follow(isFollowed: boolean): void {
    if (this.#isFollowed || isFollowed) this.confirm();
    this.#isFollowed = isFollowed;
  }

  isFresh(answer: Aged): boolean {
    if (answer.staleSince !== undefined) return false;
    return this.#isFollowed || this.now < this.#freshUntil(answer);
  }

  isDead(answer: Aged): boolean {
    if (this.isFresh(answer)) return false;
    return this.now >= (answer.staleSince ?? this.#freshUntil(answer)) + this.#limits.staleTtlMs;
  }

  #freshUntil({ storedAt }: Aged): number {
    return Math.max(storedAt, this.#confirmedAt) + this.#limits.ttlMs;
  }
}
