import type { Clock } from '@halyard/core';
import { HalyardError, isHalyardError } from '@halyard/core';

/** Signals kept for later; about as many as there are exchanges at a time. */
const MOST_UNUSED = 64;

/** Exchanges in progress: each ends in time, and all end at `close`, whatever the work behind them does. */
export class Exchanges {
  readonly #clock: Clock;
  /** Where signals may be used again: those of exchanges that came to their end by themselves. */
  readonly #unused: AbortController[] | undefined;
  readonly #giveUps = new Set<(error: HalyardError) => void>();
  #isClosed = false;

  /** @param reusesSignals whether no work holds on to its signal when it is done */
  constructor(clock: Clock, reusesSignals: boolean) {
    this.#clock = clock;
    this.#unused = reusesSignals ? [] : undefined;
  }

  /**
   * Does work that ends when its signal fires; who waits does not depend on that.
   *
   * @param signal the caller's, beside the time limit
   * @param limit after how many milliseconds to give up, and with which error
   * @throws HalyardError `CLOSED`, the error of the limit, or whatever the work throws
   */
  run<T>(
    signal: AbortSignal | undefined,
    { limitMs, error }: { readonly limitMs: number; readonly error: () => HalyardError },
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#isClosed) return Promise.reject(closed());
    if (signal?.aborted === true) return Promise.reject(cancelled(signal.reason));
    return new Promise((resolve, reject) => {
      const controller = this.#unused?.pop() ?? new AbortController();
      const giveUp = (why: HalyardError): void => {
        end();
        reject(why);
        controller.abort(why);
      };
      const cancel = (): void => giveUp(cancelled(signal?.reason));
      const timer = this.#clock.startTimer(limitMs, () => giveUp(error()), 'holds the process');
      const end = (): void => {
        timer.cancel();
        this.#giveUps.delete(giveUp);
        signal?.removeEventListener('abort', cancel);
      };
      this.#giveUps.add(giveUp);
      signal?.addEventListener('abort', cancel, { once: true });
      const finish = (): void => {
        end();
        if (!controller.signal.aborted) this.#keep(controller);
      };
      work(controller.signal).then(
        (result) => {
          finish();
          resolve(result);
        },
        (failure: unknown) => {
          finish();
          reject(failure as Error);
        },
      );
    });
  }

  #keep(controller: AbortController): void {
    if (this.#unused !== undefined && this.#unused.length < MOST_UNUSED) this.#unused.push(controller);
  }

  /** Gives up what is in progress, and takes no more. */
  close(): void {
    this.#isClosed = true;
    for (const giveUp of this.#giveUps) giveUp(closed());
  }
}

function closed(): HalyardError {
  return new HalyardError('CLOSED', 'the client is closed');
}

function cancelled(reason: unknown): HalyardError {
  return isHalyardError(reason) ? reason : new HalyardError('CLOSED', 'the request was cancelled');
}
