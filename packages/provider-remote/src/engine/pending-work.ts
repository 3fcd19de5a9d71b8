import type { Clock, Timer } from '@halyard/core';

/** Work that is waited for, until it is given up. A signal would do too, but warns of more than ten who listen. */
export class PendingWork {
  readonly #giveUps = new Set<(why: Error) => void>();
  #whenNone: (() => void) | undefined;

  /** Waits for work. What it comes to after it was given up is nobody's business. */
  run<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUps.add(reject);
      work.then(resolve, reject).finally(() => {
        this.#giveUps.delete(reject);
        if (this.#giveUps.size === 0) this.#whenNone?.();
      });
    });
  }

  /** Lets what is under way come to its end for so long; whoever still waits then gets this error. */
  async end(clock: Clock, graceMs: number, why: Error): Promise<void> {
    if (this.#giveUps.size === 0) return;
    let timer: Timer | undefined;
    await new Promise<void>((resolve) => {
      this.#whenNone = resolve;
      timer = clock.startTimer(graceMs, resolve, 'holds the process');
    });
    timer?.cancel();
    for (const reject of this.#giveUps) reject(why);
  }
}
