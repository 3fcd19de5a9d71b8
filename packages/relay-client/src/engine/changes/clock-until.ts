import type { Clock, Timer } from '@halyard/core';

const noTimer: Timer = { cancel: () => undefined };

/** A clock whose timers end with the signal, and which starts none from then on. */
export function clockUntil(signal: AbortSignal, clock: Clock): Clock {
  const timers = new Set<Timer>();
  const stop = (): void => {
    for (const timer of timers) timer.cancel();
    timers.clear();
  };
  signal.addEventListener('abort', stop, { once: true });
  return {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    startTimer(delayMs, task, hold) {
      if (signal.aborted) return noTimer;
      const fire = (): void => {
        timers.delete(timer);
        task();
      };
      const timer = clock.startTimer(delayMs, fire, hold);
      timers.add(timer);
      const cancel = (): void => {
        timers.delete(timer);
        timer.cancel();
      };
      return { cancel };
    },
  };
}
