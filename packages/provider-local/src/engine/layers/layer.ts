import type { Clock, HalyardError } from '@halyard/core';
import { loadFailure } from '../load-failure.ts';
import { settledLoad } from '../settled-load.ts';
import { nameOf, savedNameOf } from '../source-name.ts';
import type { LayerStatus, LoadedFlags, Source } from '../../sources/source.ts';

/** What became of a load. */
export type Attempted =
  | { readonly kind: 'loaded'; readonly flags: LoadedFlags }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly error: HalyardError };

/** A load under way, or one that nobody has taken the result of. */
interface Attempt {
  readonly startedAt: number;
  readonly done: Promise<Attempted>;
  result?: Attempted;
}

/** One of several sources: loads once at a time, and remembers how it went. */
export class Layer {
  readonly source: Source;
  readonly name: string;
  /** The name under which its flags are saved. */
  readonly savedName: string;
  readonly #clock: Clock;
  readonly #late: () => void;
  #status: LayerStatus;
  #attempt: Attempt | undefined;
  #isAwaited = false;
  #giveUp = new AbortController();

  /** @param late called when a result is there that nobody has waited for */
  constructor(source: Source, clock: Clock, late: () => void) {
    this.source = source;
    this.name = nameOf(source);
    this.savedName = savedNameOf(source);
    this.#clock = clock;
    this.#late = late;
    this.#status = { source: this.name, state: 'standby' };
  }

  get status(): LayerStatus {
    return this.#status;
  }

  /** Whether a load is under way. */
  get isLoading(): boolean {
    return this.#attempt !== undefined;
  }

  /**
   * Loads, or goes on with the load that is under way.
   *
   * @param patienceMs how long a load may take altogether, Infinity for as long as the source may
   * @returns undefined if it takes longer; its result is for the next who asks
   */
  async load(version: string | undefined, patienceMs: number): Promise<Attempted | undefined> {
    const attempt = (this.#attempt ??= this.#begin(version));
    this.#isAwaited = true;
    try {
      const result = attempt.result ?? (await this.#within(attempt, patienceMs));
      if (result === undefined) return undefined;
      if (this.#attempt === attempt) this.#attempt = undefined;
      if (result.kind === 'failed') this.failed(result.error);
      return result;
    } finally {
      this.#isAwaited = false;
    }
  }

  /** Begins to load, if it does not already: for a call of {@link load} that follows. */
  begin(): void {
    this.#attempt ??= this.#begin(undefined);
    this.#isAwaited = true;
    this.#isAsked();
  }

  /** Its flags are in force. */
  enforced(): void {
    const since = this.#status.state === 'inForce' ? this.#status.since : this.#clock.now();
    this.#status = { source: this.name, state: 'inForce', since };
  }

  /** Its flags are not in force, and not needed. */
  retired(): void {
    this.#attempt = undefined;
    if (this.#status.state !== 'standby') this.#status = { source: this.name, state: 'standby' };
  }

  /** It cannot be used. If its flags are in force, they stay. */
  failed(error: HalyardError): void {
    const known = this.#status;
    const isKnown = known.state === 'failed' || known.state === 'inForce';
    const since = isKnown ? known.since : this.#clock.now();
    this.#status = { source: this.name, state: known.state === 'inForce' ? 'inForce' : 'failed', since, error };
  }

  /** Gives up what is under way. */
  release(): void {
    this.#giveUp.abort(new Error('the source is no longer followed'));
    this.#giveUp = new AbortController();
    this.#attempt = undefined;
    this.#status = { source: this.name, state: 'standby' };
  }

  #isAsked(): void {
    if (this.#status.state !== 'standby') return;
    this.#status = { source: this.name, state: 'loading', since: this.#clock.now() };
  }

  #begin(version: string | undefined): Attempt {
    const { signal } = this.#giveUp;
    const attempt: Attempt = { startedAt: this.#clock.elapsed(), done: this.#run(version, signal) };
    void attempt.done.then((result) => {
      if (this.#attempt !== attempt || signal.aborted) return;
      attempt.result = result;
      if (this.#isAwaited) return;
      if (result.kind === 'unchanged') this.#attempt = undefined;
      else this.#late();
    });
    return attempt;
  }

  async #run(version: string | undefined, signal: AbortSignal): Promise<Attempted> {
    try {
      const flags = await settledLoad({ source: this.source, name: this.name, clock: this.#clock }, version, signal);
      return flags === 'unchanged' ? { kind: 'unchanged' } : { kind: 'loaded', flags };
    } catch (error) {
      return { kind: 'failed', error: loadFailure(this.name, error) };
    }
  }

  async #within({ startedAt, done }: Attempt, patienceMs: number): Promise<Attempted | undefined> {
    if (patienceMs === Infinity) return done;
    const left = startedAt + patienceMs - this.#clock.elapsed();
    if (left <= 0) return undefined;
    this.#isAsked();
    return new Promise((resolve) => {
      const timer = this.#clock.startTimer(left, () => resolve(undefined), 'holds the process');
      void done.then((result) => {
        timer.cancel();
        resolve(result);
      });
    });
  }
}
