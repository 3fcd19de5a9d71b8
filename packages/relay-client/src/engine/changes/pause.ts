import type { Clock } from '@halyard/core';
import { onAbort } from './on-abort.ts';

/**
 * Waits, without holding the process unless somebody waits for it. Rejects with the signal's reason when it fires.
 */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal, hold?: 'holds the process'): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      forget();
      resolve();
    };
    const timer = clock.startTimer(delayMs, wake, hold);
    const forget = onAbort(signal, () => {
      timer.cancel();
      reject(signal.reason as Error);
    });
  });
}
