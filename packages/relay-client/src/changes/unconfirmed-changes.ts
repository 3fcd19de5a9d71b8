import type { FlagChange } from '@halyard/core';
import { fnv1a } from '@halyard/core';

/** More flags than this are not remembered: their repeated notices count as changes. */
const MOST_FLAGS = 10_000;

/**
 * Tells real changes from notices that repeat themselves, where no hashes can be had: the relay says the same once a
 * second about certain flags (goff-relay-protocol §5.1).
 */
export class UnconfirmedChanges {
  readonly #told = new Map<string, number>();

  /** Those whose new definition is another one than was told last. */
  newOf(changes: readonly FlagChange[]): FlagChange[] {
    return changes.filter(({ flag, after }) => {
      const definition = fingerprintOf(after);
      if (definition !== undefined && this.#told.get(flag) === definition) return false;
      if (definition !== undefined && this.#told.size < MOST_FLAGS) this.#told.set(flag, definition);
      else this.#told.delete(flag);
      return true;
    });
  }

  /** The flag is known to have changed since. */
  forget(flag: string): void {
    this.#told.delete(flag);
  }

  forgetAll(): void {
    this.#told.clear();
  }
}

/** Undefined for what is nested too deeply to be written. */
function fingerprintOf(definition: unknown): number | undefined {
  try {
    return fnv1a(JSON.stringify(definition) ?? '');
  } catch {
    return undefined;
  }
}
