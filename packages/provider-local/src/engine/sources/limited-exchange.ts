import type { Clock, HalyardError } from '@halyard/core';
import { orAborted } from '@halyard/core';

/**
 * Does work that ends when a signal fires, or after a time; who waits does not depend on the work's cooperation.
 *
 * @param limit for the whole, in milliseconds, and what to reject with after it
 */
export async function limitedExchange<T>(
  clock: Clock,
  signal: AbortSignal,
  limit: { readonly limitMs: number; readonly error: () => HalyardError },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  const timer = clock.startTimer(limit.limitMs, () => controller.abort(limit.error()), 'holds the process');
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await orAborted(work(controller.signal), controller.signal);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', stop);
  }
}
