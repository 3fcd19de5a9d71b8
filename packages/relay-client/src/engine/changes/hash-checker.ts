import type { Clock, HalyardError } from '@halyard/core';
import { HalyardError as Failure, isHalyardError, messageOf } from '@halyard/core';
import { hashDifference } from '../../changes/hash-difference.ts';
import type { FlagHashes } from '../../wire/flag-hashes.ts';
import { pause } from './pause.ts';

/** Checks begin at least this far apart, in milliseconds: whatever happens meanwhile shares the next one. */
const WINDOW_MS = 50;

/** All that following changes needs of a relay client. */
export interface HashSource {
  /** The hashes of the flags' definitions; `unchanged` if they are still those that `etag` stands for. */
  flagHashes(etag: string | undefined, signal: AbortSignal): Promise<FlagHashes | 'unchanged'>;
}

/** What a check found. */
export type CheckResult =
  /** The first of all: now it is known what there is. */
  | { readonly kind: 'learned'; readonly flags: ReadonlyMap<string, number> }
  | { readonly kind: 'compared'; readonly different: readonly string[] }
  | { readonly kind: 'failed'; readonly error: HalyardError };

/** The last hashes seen. Outlives a stop, so that a new start tells what changed in between. */
export interface HashMemory {
  last?: FlagHashes;
}

interface CheckerParts {
  readonly client: HashSource;
  readonly memory: HashMemory;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A check begins. */
  readonly checking: () => void;
  /** Hears of every check before those who asked for it. */
  readonly checked: (result: CheckResult) => void;
}

/** Compares the flags' hashes with those before: one check at a time, and few of them whoever asks. */
export class HashChecker {
  readonly #parts: CheckerParts;
  #begunAt = -Infinity;
  #running: Promise<CheckResult> | undefined;
  #next: Promise<CheckResult> | undefined;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  /** Whether another check comes after the one that runs. */
  get hasNext(): boolean {
    return this.#next !== undefined;
  }

  /** A check that begins from now on; at once if there was none just now. Never rejects. */
  check(): Promise<CheckResult> {
    if (this.#next !== undefined) return this.#next;
    if (this.#running === undefined && this.#tooEarlyBy() <= 0) return this.#begin();
    this.#next = this.#later().catch((error: unknown) => ({ kind: 'failed', error: failureFrom(error) }));
    return this.#next;
  }

  #tooEarlyBy(): number {
    return this.#begunAt + WINDOW_MS - this.#parts.clock.elapsed();
  }

  async #later(): Promise<CheckResult> {
    await this.#running;
    const early = this.#tooEarlyBy();
    if (early > 0) await pause(this.#parts.clock, early, this.#parts.signal, 'holds the process');
    this.#next = undefined;
    return this.#begin();
  }

  #begin(): Promise<CheckResult> {
    this.#begunAt = this.#parts.clock.elapsed();
    this.#parts.checking();
    this.#running = this.#run().then((result) => {
      this.#running = undefined;
      if (!this.#parts.signal.aborted) this.#parts.checked(result);
      return result;
    });
    return this.#running;
  }

  async #run(): Promise<CheckResult> {
    const { client, memory, signal } = this.#parts;
    try {
      signal.throwIfAborted();
      const answer = await client.flagHashes(memory.last?.etag, signal);
      signal.throwIfAborted();
      const { last } = memory;
      if (answer === 'unchanged') return { kind: 'compared', different: [] };
      memory.last = answer;
      if (last === undefined) return { kind: 'learned', flags: answer.flags };
      return { kind: 'compared', different: hashDifference(last.flags, answer.flags) };
    } catch (error) {
      return { kind: 'failed', error: failureFrom(error) };
    }
  }
}

function failureFrom(error: unknown): HalyardError {
  if (isHalyardError(error)) return error;
  return new Failure('NETWORK_FAILED', `the flags cannot be checked: ${messageOf(error)}`);
}
