import type { Clock, HalyardError, Random, Timer } from '@halyard/core';
import { backoffDelay } from '@halyard/core';

/** What the contact with a relay tells. */
interface ContactEvents {
  /** The relay answers: for the first time, or again. */
  reached(): void;
  /** The relay does not answer; told for each failure. */
  failed(error: HalyardError): void;
  /** It has not answered for a while now. */
  lost(): void;
}

/** What a contact is made of. */
export interface ContactParts {
  /** Asks the relay for a sign of life. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: ContactEvents;
}

type State =
  | { readonly kind: 'closed' }
  /** Nothing is known yet. */
  | { readonly kind: 'new' }
  | { readonly kind: 'good' }
  | { readonly kind: 'failing'; readonly failures: number };

const probeLimits = { initialMs: 250, maxMs: 30_000 };
/** An outage that is over sooner than this is not told of, in milliseconds. */
const LOST_AFTER_MS = 2_000;

/**
 * Whether a relay can be reached. Every exchange says how it went; while they fail, the relay is probed with growing
 * pauses, so that a relay that is back is noticed without any evaluation paying for it.
 */
export class Contact {
  readonly #parts: ContactParts;
  #state: State = { kind: 'closed' };
  #lastGood = 0;
  #probeTimer: Timer | undefined;
  #lostTimer: Timer | undefined;
  #closing = new AbortController();

  constructor(parts: ContactParts) {
    this.#parts = parts;
  }

  /** Whether the last exchange failed. */
  get isFailing(): boolean {
    return this.#state.kind === 'failing';
  }

  /** Milliseconds since the relay last answered. */
  get ageMs(): number {
    return this.#parts.clock.elapsed() - this.#lastGood;
  }

  /** Begins with a probe. */
  open(): void {
    this.#closing = new AbortController();
    this.#state = { kind: 'new' };
    void this.#probe();
  }

  /** An exchange went well. */
  succeeded(): void {
    const { kind } = this.#state;
    if (kind === 'closed') return;
    this.#lastGood = this.#parts.clock.elapsed();
    this.#state = { kind: 'good' };
    if (kind === 'good') return;
    this.#cancelTimers();
    this.#parts.events.reached();
  }

  /** An exchange failed, through no fault of what was asked. */
  failed(error: HalyardError): void {
    const state = this.#state;
    if (state.kind === 'closed') return;
    const { clock, events } = this.#parts;
    if (state.kind === 'failing') return events.failed(error);
    this.#state = { kind: 'failing', failures: 1 };
    this.#lostTimer = clock.startTimer(LOST_AFTER_MS, () => events.lost());
    this.#schedule(1);
    events.failed(error);
  }

  close(): void {
    this.#state = { kind: 'closed' };
    this.#cancelTimers();
    this.#closing.abort();
  }

  #cancelTimers(): void {
    this.#probeTimer?.cancel();
    this.#lostTimer?.cancel();
  }

  #schedule(failures: number): void {
    const { clock, random } = this.#parts;
    this.#probeTimer?.cancel();
    this.#probeTimer = clock.startTimer(backoffDelay(failures, probeLimits, random), () => void this.#probe());
  }

  async #probe(): Promise<void> {
    const { signal } = this.#closing;
    try {
      await this.#parts.probe(signal);
      if (!signal.aborted) this.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      const before = this.#state;
      this.failed(error as HalyardError);
      if (before.kind !== 'failing') return;
      const failures = before.failures + 1;
      this.#state = { kind: 'failing', failures };
      this.#schedule(failures);
    }
  }
}
