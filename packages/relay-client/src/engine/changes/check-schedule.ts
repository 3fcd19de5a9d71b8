import type { BackoffLimits, Clock, HalyardError, Random, Timer } from '@halyard/core';
import { backoffDelay } from '@halyard/core';
import { checkFailureOf } from '../../changes/check-failure.ts';
import { slowLimits } from './slow-limits.ts';

/** How far a poll may be from its time, as a part of the interval. */
const JITTER = 0.1;

/** What a schedule works with. */
export interface ScheduleParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly reconnect: BackoffLimits;
  /** How far apart checks are that nobody asks for, in milliseconds; undefined: there are none. */
  readonly interval: () => number | undefined;
  readonly check: () => void;
}

/** When the flags are checked without anybody asking: at intervals, and again after failures. */
export class CheckSchedule {
  readonly #parts: ScheduleParts;
  #failures = 0;
  #timer: Timer | undefined;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  /** A check has ended, with that failure if it failed; here is the next. */
  arm(failure?: HalyardError): void {
    this.#timer?.cancel();
    this.#failures = failure === undefined ? 0 : this.#failures + 1;
    const delayMs = failure === undefined ? this.#delay() : this.#delayAfter(failure);
    if (delayMs !== undefined) this.#timer = this.#parts.clock.startTimer(delayMs, this.#parts.check);
  }

  #delay(): number | undefined {
    const { interval, random } = this.#parts;
    const intervalMs = interval();
    return intervalMs === undefined ? undefined : intervalMs * (1 - JITTER + 2 * JITTER * random());
  }

  #delayAfter(failure: HalyardError): number {
    const { reconnect, random } = this.#parts;
    const kind = checkFailureOf(failure);
    const limits = kind === 'denied' || kind === 'absent' ? slowLimits : reconnect;
    const asked = failure.details['retryAfterMs'];
    return Math.max(backoffDelay(this.#failures, limits, random), typeof asked === 'number' ? asked : 0);
  }
}
