import type { Clock, Timer } from '@halyard/core';

/** How long after the deadline it is looked once more, in milliseconds. */
const SECOND_LOOK_MS = 1_000;

/**
 * A deadline for something to be heard. After an event loop that was blocked, timers fire before what has arrived
 * meanwhile is read: so what is missing gets a second chance.
 */
export function startPatientTimer(clock: Clock, delayMs: number, task: () => void): Timer {
  let timer = clock.startTimer(delayMs, () => (timer = clock.startTimer(SECOND_LOOK_MS, task)));
  return { cancel: () => timer.cancel() };
}
