import type { Clock, HalyardError, Timer } from '@halyard/core';

/** Trouble counts as over when there was none for so long, in milliseconds. */
const CALM_AFTER_MS = 5_000;

/** What is told of trouble. */
interface TroubleEvents {
  /** A cause that was not told yet. */
  news(error: HalyardError): void;
  /** There was none for a while. */
  over(): void;
}

/** Tells of each cause of trouble once until it is over, however often it comes and goes meanwhile. */
export class Trouble {
  readonly #clock: Clock;
  readonly #events: TroubleEvents;
  readonly #told = new Set<string>();
  #calm: Timer | undefined;
  #last: HalyardError | undefined;

  constructor(clock: Clock, events: TroubleEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  /** The last error, until it is over. */
  get last(): HalyardError | undefined {
    return this.#last;
  }

  happened(error: HalyardError): void {
    this.#calm?.cancel();
    this.#calm = undefined;
    this.#last = error;
    if (this.#told.has(error.code)) return;
    this.#told.add(error.code);
    this.#events.news(error);
  }

  /** It works for now. */
  better(): void {
    if (this.#told.size === 0 || this.#calm !== undefined) return;
    this.#calm = this.#clock.startTimer(CALM_AFTER_MS, () => {
      this.forget(undefined);
      this.#events.over();
    });
  }

  /** Begins anew, with an error to remember or none. */
  forget(error: HalyardError | undefined): void {
    this.#calm?.cancel();
    this.#calm = undefined;
    this.#told.clear();
    this.#last = error;
  }
}
