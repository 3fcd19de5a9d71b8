import type { Clock, FlagChange, Logger, Timer } from '@halyard/core';
import { PendingNotices } from '../../changes/pending-notices.ts';
import { UnconfirmedChanges } from '../../changes/unconfirmed-changes.ts';
import { decodeChangeMessage } from '../../wire/change-message.ts';
import type { ChangeFollowerEvents } from './follower-events.ts';
import type { CheckResult } from './hash-checker.ts';

/**
 * When it is looked again after a notice that no check confirmed: the answer may have come from a replica of the relay
 * that has yet to load the change. In milliseconds of quiet.
 */
const SECOND_LOOKS_MS: readonly number[] = [1_000, 10_000, 60_000];

/** What a desk works with. */
export interface DeskParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: ChangeFollowerEvents;
  /** Asks for a check. */
  readonly check: () => void;
}

/** Makes announcements out of notices, which may be late, doubled or wrong, and checks, which are right. */
export class ChangeDesk {
  readonly #parts: DeskParts;
  /** Notices that no check has had a say in. */
  readonly #pending = new PendingNotices();
  /** Notices that a check did not confirm: repeated ones, those of other flag sets, and early ones. */
  readonly #doubtful = new PendingNotices();
  readonly #unconfirmed = new UnconfirmedChanges();
  #isAllSuspect = false;
  /** Whether something may have happened while no stream was up that no check has told of. */
  #gap: 'none' | 'untold' | 'told' = 'none';
  #isBehind = false;
  #look: Timer | undefined;
  #looks = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Whether a check found a change that no notice has named, and no notice came since. */
  get isStreamBehind(): boolean {
    return this.#isBehind;
  }

  /** A stream came up: what happened before is not told again. */
  reconnected(): void {
    this.#unconfirmed.forgetAll();
    this.#gap = 'untold';
    this.#isBehind = false;
  }

  /** Something was pushed. Returns false if it is no notice; then anything may have changed. */
  pushed(text: string): boolean {
    const changes = changesIn(text);
    if (changes.length === 0) return false;
    this.#parts.events.suspected(changes.map(({ flag }) => flag));
    for (const change of changes) this.#pending.add(change);
    this.#isBehind = false;
    this.#checkSoon();
    return true;
  }

  /** Something was pushed that says nothing. */
  unreadable(): void {
    this.#suspectAll();
    this.#checkSoon();
  }

  /** A check begins: what comes from now on is not covered by its answer. */
  checking(): void {
    this.#isAllSuspect = false;
  }

  /**
   * The outcome of a check.
   *
   * @param isLast whether no other check follows at once
   */
  checked(result: CheckResult, isLast: boolean): void {
    const { events } = this.#parts;
    if (result.kind === 'failed') {
      this.#announce(this.#unconfirmed.newOf(this.#pending.takeAll()));
      if (this.#gap !== 'untold') return;
      this.#gap = 'told';
      return this.#suspectAll();
    }
    this.#announce(this.#confirmedBy(result));
    this.#gap = 'none';
    events.confirmed();
    if (!isLast) return;
    for (const change of this.#pending.takeAll()) this.#doubtful.add(change);
    if (!this.#doubtful.isEmpty && this.#look === undefined) this.#lookAgain();
  }

  #confirmedBy(result: Exclude<CheckResult, { kind: 'failed' }>): FlagChange[] {
    // before the first hashes, notices have nothing to be compared with; those of other flag sets are left out
    if (result.kind === 'learned') return this.#pending.takeAll().filter(({ flag }) => result.flags.has(flag));
    return result.different.map((flag) => {
      this.#unconfirmed.forget(flag);
      const doubtful = this.#doubtful.take(flag);
      const notice = this.#pending.take(flag) ?? doubtful;
      if (notice === undefined && this.#gap === 'none') this.#isBehind = true;
      return notice ?? { flag, before: undefined, after: undefined };
    });
  }

  #announce(changes: readonly FlagChange[]): void {
    if (changes.length > 0) this.#parts.events.changed(changes);
  }

  #suspectAll(): void {
    if (!this.#isAllSuspect) this.#parts.events.suspected(undefined);
    this.#isAllSuspect = true;
  }

  #checkSoon(): void {
    this.#look?.cancel();
    this.#look = undefined;
    this.#looks = 0;
    this.#parts.check();
  }

  #lookAgain(): void {
    const delayMs = SECOND_LOOKS_MS[this.#looks++];
    if (delayMs === undefined) return void this.#doubtful.takeAll();
    this.#look = this.#parts.clock.startTimer(delayMs, () => {
      this.#look = undefined;
      this.#parts.check();
    });
  }
}

function changesIn(text: string): FlagChange[] {
  try {
    return decodeChangeMessage(text);
  } catch {
    return [];
  }
}
