import type { Clock, Timer } from '@halyard/core';

/** Waits for work, but no longer than a deadline, in milliseconds; the work goes on after that. The process is held. */
export async function within(clock: Clock, deadlineMs: number, work: Promise<void>): Promise<void> {
  let timer: Timer | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = clock.startTimer(deadlineMs, resolve, 'holds the process');
  });
  await Promise.race([work, deadline]);
  timer?.cancel();
}
