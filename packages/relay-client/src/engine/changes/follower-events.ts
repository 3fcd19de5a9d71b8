import type { FlagChange, HalyardError, Logger } from '@halyard/core';
import type { FollowedBy } from '../../changes/change-mode.ts';

/** What a {@link ChangeFollower} tells. Nothing is told after `stop`; what throws is logged and does no harm. */
export interface ChangeFollowerEvents {
  /**
   * Changes are followed another way from now on. Whatever was known before the first `websocket`, `sse` or `poll` may
   * be out of date; later on, `changed` and `suspected` say what is. Reconnections within a few seconds are not told.
   */
  modeChanged(mode: FollowedBy): void;
  /** These flags may have changed: not to be answered from memory any more. Undefined: any of them may have. */
  suspected(flags: readonly string[] | undefined): void;
  /**
   * Exactly these flags are different, by the relay's hashes, or by the notice where hashes cannot be had. Definitions
   * are undefined where no notice told them.
   */
  changed(changes: readonly FlagChange[]): void;
  /** The relay answered a hash check: everything up to now has been told. */
  confirmed(): void;
  /** A check or the streams failed; the same failure is told again only after it was over. */
  failed(error: HalyardError): void;
}

/** The same events, which end with the signal and never throw. */
export function guardedEvents(events: ChangeFollowerEvents, signal: AbortSignal, logger: Logger): ChangeFollowerEvents {
  const report = (error: unknown): void => logger.error('a listener failed', error);
  const tell = (notify: () => unknown): void => {
    if (signal.aborted) return;
    try {
      const result = notify();
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  };
  return {
    modeChanged: (mode) => tell(() => events.modeChanged(mode)),
    suspected: (flags) => tell(() => events.suspected(flags)),
    changed: (changes) => tell(() => events.changed(changes)),
    confirmed: () => tell(() => events.confirmed()),
    failed: (error) => tell(() => events.failed(error)),
  };
}
