interface Waiting {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until a test moves it. It has the shape of core's clock port, which it must not import. */
export class ManualClock {
  #now: number;
  #elapsed = 0;
  #waiting: Waiting[] = [];

  /** @param now the wall-clock time to begin with, in milliseconds since 1970 */
  constructor(now: number = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  startTimer(delayMs: number, task: () => void): { cancel(): void } {
    const waiting = { at: this.#elapsed + delayMs, task };
    this.#waiting.push(waiting);
    return { cancel: () => void (this.#waiting = this.#waiting.filter((other) => other !== waiting)) };
  }

  /** How many timers wait. */
  get timers(): number {
    return this.#waiting.length;
  }

  /** Lets time pass: fires what is due, in order, and lets promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (let next = this.#nextBefore(end); next !== undefined; next = this.#nextBefore(end)) {
      this.#move(next.at);
      this.#waiting = this.#waiting.filter((other) => other !== next);
      next.task();
      await settled();
    }
    this.#move(end);
    await settled();
  }

  #nextBefore(end: number): Waiting | undefined {
    const due = this.#waiting.filter(({ at }) => at <= end);
    return due.sort((left, right) => left.at - right.at)[0];
  }

  #move(elapsed: number): void {
    this.#now += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }
}

/** A few turns of the event loop, in which promises and finished reads come through. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => void setImmediate(resolve));
}
