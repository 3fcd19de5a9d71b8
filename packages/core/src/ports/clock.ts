/** A timer that was started. */
export interface Timer {
  /** Stops it; nothing happens if it has fired. */
  cancel(): void;
}

/** Time, injected, so that no rule and no test depends on the wall clock. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970. May jump. */
  now(): number;
  /** Milliseconds since some moment. Never goes back; for ages and delays. */
  elapsed(): number;
  /**
   * Calls `task` once after `delayMs` milliseconds.
   *
   * @param hold whether the process is kept alive until then: only for short, bounded waits that somebody awaits.
   *   Not by default
   */
  startTimer(delayMs: number, task: () => void, hold?: 'holds the process'): Timer;
}
