import type { FlagChange } from '@halyard/core';

/** More flags than this are not remembered with their definitions. */
const MOST_FLAGS = 10_000;

/** What notices said and the relay's hashes have not confirmed: flags with their definitions before and after. */
export class PendingNotices {
  readonly #changes = new Map<string, FlagChange>();

  get isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  /** A later notice about a flag continues the earlier one. */
  add(change: FlagChange): void {
    const earlier = this.#changes.get(change.flag);
    if (earlier !== undefined) this.#changes.set(change.flag, { ...change, before: earlier.before });
    else if (this.#changes.size < MOST_FLAGS) this.#changes.set(change.flag, change);
  }

  /** Takes out what is known about one flag. */
  take(flag: string): FlagChange | undefined {
    const change = this.#changes.get(flag);
    this.#changes.delete(flag);
    return change;
  }

  /** Takes out everything. */
  takeAll(): FlagChange[] {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    return changes;
  }
}
