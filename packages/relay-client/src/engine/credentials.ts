import { HalyardError } from '@halyard/core';
import type { ApiKey } from '../http/api-key.ts';
import { checkedKey } from '../http/api-key.ts';

/** The key in use. A function is asked for the first one, and for another when the relay refused the one it gave. */
export class Credentials {
  readonly #source: ApiKey | undefined;
  #key: string | undefined;
  #asking: Promise<string> | undefined;

  /** @throws HalyardError `CONFIG_INVALID` for a text that is no key */
  constructor(source: ApiKey | undefined) {
    this.#source = source;
    if (source !== undefined && typeof source !== 'function') this.#key = checkedKey(source);
  }

  /**
   * The key to send, undefined for none.
   *
   * @throws HalyardError `AUTHENTICATION_FAILED` if the function fails, `CONFIG_INVALID` if it returns no key
   */
  current(): string | undefined | Promise<string> {
    return this.#key ?? this.#ask();
  }

  /** The key to try instead of one that the relay refused; the same one if there is no other. Throws like `current`. */
  renewed(refused: string | undefined): string | undefined | Promise<string> {
    return this.#key === refused ? (this.#ask() ?? refused) : this.#key;
  }

  /** A function that is being asked and does not answer is asked again by whoever comes next. */
  giveUp(): void {
    this.#asking = undefined;
  }

  /** Everybody who waits for a key waits for the same answer. */
  #ask(): Promise<string> | undefined {
    const source = this.#source;
    if (typeof source !== 'function') return undefined;
    if (this.#asking !== undefined) return this.#asking;
    const asking = answerOf(source)
      .then((key) => (this.#key = key))
      .finally(() => {
        if (this.#asking === asking) this.#asking = undefined;
      });
    this.#asking = asking;
    return asking;
  }
}

async function answerOf(source: () => string | Promise<string>): Promise<string> {
  let key: unknown;
  try {
    key = await source();
  } catch (cause) {
    throw new HalyardError('AUTHENTICATION_FAILED', 'the function given as apiKey failed', { cause });
  }
  return checkedKey(key);
}
