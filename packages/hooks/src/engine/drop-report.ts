import type { Logger } from '@halyard/core';

/** Counts dropped events and tells of them now and then, so that a flood of drops is no flood of messages. */
export class DropReport {
  readonly #logger: Logger;
  readonly #onDropped: ((count: number, why: string) => void) | undefined;
  #untold = new Map<string, number>();
  #total = 0;

  constructor(logger: Logger, onDropped: ((count: number, why: string) => void) | undefined) {
    this.#logger = logger;
    this.#onDropped = onDropped;
  }

  /** How many were dropped so far. */
  get total(): number {
    return this.#total;
  }

  count(events: number, why: string): void {
    if (events === 0) return;
    this.#total += events;
    this.#untold.set(why, (this.#untold.get(why) ?? 0) + events);
  }

  /** Tells of what was counted since the last time. */
  tell(): void {
    const untold = this.#untold;
    if (untold.size === 0) return;
    this.#untold = new Map();
    for (const [why, count] of untold) {
      this.#logger.warn(`${count} usage events were dropped: ${why}`);
      try {
        this.#onDropped?.(count, why);
      } catch (error) {
        this.#logger.error('a listener failed', error);
      }
    }
  }
}
