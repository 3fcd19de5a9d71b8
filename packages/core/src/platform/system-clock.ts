import type { Clock } from '../ports/clock.ts';

/** The longest delay a timer takes; longer ones would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The clock of the runtime: Node, browsers and edge runtimes alike. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  startTimer(delayMs, task, hold) {
    const timer = setTimeout(task, Math.min(Math.max(delayMs, 0), LONGEST_DELAY_MS));
    // browsers have numbers for timers, and nothing to hold
    if (typeof timer === 'object' && hold === undefined) timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
