import type { Clock, HalyardError, Logger, Random, Timer } from '@halyard/core';
import { backoffDelay, HalyardError as Failure, messageOf } from '@halyard/core';
import type { LoadedFlags, Source } from '../sources/source.ts';
import { loadFailure } from './load-failure.ts';
import { settledLoad } from './settled-load.ts';

const retryLimits = { initialMs: 1_000, maxMs: 60_000 };
/** How much may be taken off an interval, so that many processes do not poll at the same moment. */
const POLL_JITTER = 0.1;
/** However many notices come, there is one load in so many milliseconds for them; the last one is not lost. */
const NOTICE_WINDOW_MS = 100;

/** What a follower tells. */
interface FollowerEvents {
  /** New flags; rejects if they cannot be used. */
  apply(loaded: LoadedFlags): Promise<void>;
  /** The flags in force are still the source's. */
  confirmed(): void;
  failed(error: HalyardError): void;
}

export interface FollowerParts {
  readonly source: Source;
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** 0: never. */
  readonly pollIntervalMs: number;
  readonly events: FollowerEvents;
}

/**
 * Keeps up with a source: loads at once, on every notice, on every poll, and after failures with growing delays. One
 * load at a time; whoever asks meanwhile gets the next one.
 */
export class SourceFollower {
  readonly #parts: FollowerParts;
  readonly #closed = new AbortController();
  #watching = new AbortController();
  #version: string | undefined;
  #failures = 0;
  #timer: Timer | undefined;
  #loadedAt = -Infinity;
  #notice: Timer | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Loads for the first time and watches from now on. Settles as {@link refresh}. */
  start(): Promise<void> {
    void this.#watch();
    return this.refresh();
  }

  /** Loads now. Rejects if that fails, which the events have told by then. */
  refresh(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#cycle().finally(() => (this.#running = undefined));
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.refresh();
      });
    return this.#next;
  }

  /** Stops everything; loads under way are given up. Nothing is told any more. Resolves when nothing is left to save. */
  async stop(): Promise<void> {
    this.#closed.abort(new Failure('CLOSED', `${this.#parts.name} is no longer followed: the provider was closed`));
    this.#watching.abort();
    this.#timer?.cancel();
    this.#notice?.cancel();
    await this.#parts.source.layering?.release();
  }

  /**
   * Watches, again if it did before: what was watched may have gone and come back. A source that cannot watch is
   * polled all the same.
   */
  async #watch(): Promise<void> {
    const { source, logger, name } = this.#parts;
    if (this.#closed.signal.aborted) return;
    const before = this.#watching;
    this.#watching = new AbortController();
    try {
      const watching = source.watch?.(() => this.#noticed(), this.#watching.signal);
      // in this order: a source lets go of its connections when nobody watches any more
      before.abort();
      await watching;
    } catch (error) {
      logger.warn(`${name} cannot be watched: ${messageOf(error)}`);
    }
  }

  #noticed(): void {
    const { clock } = this.#parts;
    const early = this.#loadedAt + NOTICE_WINDOW_MS - clock.elapsed();
    if (early <= 0) return this.#refreshQuietly();
    // a program may have nothing to do but to wait for what was announced
    this.#notice ??= clock.startTimer(early, () => this.#refreshQuietly(), 'holds the process');
  }

  #refreshQuietly(): void {
    this.refresh().catch(() => undefined);
  }

  async #cycle(): Promise<void> {
    const { events, clock } = this.#parts;
    this.#loadedAt = clock.elapsed();
    this.#notice?.cancel();
    this.#notice = undefined;
    const { signal } = this.#closed;
    this.#timer?.cancel();
    try {
      while (!(await this.#caughtUp(signal)));
      if (this.#failures > 0) void this.#watch();
      this.#failures = 0;
    } catch (error) {
      const failure = loadFailure(this.#parts.name, error);
      this.#failures++;
      if (!signal.aborted) events.failed(failure);
      throw failure;
    } finally {
      this.#schedule();
    }
  }

  /** @returns false if the source has other flags in place of those that cannot be used */
  async #caughtUp(signal: AbortSignal): Promise<boolean> {
    const { events, name, source } = this.#parts;
    const loaded = await settledLoad(this.#parts, this.#version, signal);
    signal.throwIfAborted();
    if (loaded === 'unchanged') {
      events.confirmed();
      return true;
    }
    try {
      await events.apply(loaded);
    } catch (error) {
      const failure = loadFailure(name, error);
      if (source.layering?.refused(loaded, failure) === true) return false;
      throw failure;
    }
    this.#version = loaded.version;
    return true;
  }

  #schedule(): void {
    const { clock, random, pollIntervalMs } = this.#parts;
    if (this.#closed.signal.aborted) return;
    const retry = this.#failures > 0 ? backoffDelay(this.#failures, retryLimits, random) : Infinity;
    const poll = pollIntervalMs > 0 ? pollIntervalMs - random() * pollIntervalMs * POLL_JITTER : Infinity;
    const delay = Math.min(retry, poll);
    if (delay === Infinity) return;
    this.#timer = clock.startTimer(delay, () => this.#refreshQuietly());
  }
}
