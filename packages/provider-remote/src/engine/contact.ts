import type { Clock, HalyardError, Random, Timer } from '@halyard/core';
import { backoffDelay } from '@halyard/core';
import { isAnswer } from '../answers/failure-kinds.ts';

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
  | Failing;

interface Failing {
  readonly kind: 'failing';
  readonly error: HalyardError;
  /** Exchanges that nobody answered, one after the other. */
  readonly unanswered: number;
  /** Probes that failed. */
  readonly probes: number;
}

const probeLimits = { initialMs: 250, maxMs: 30_000 };
/** An outage that is over sooner than this is not told of, in milliseconds. */
const LOST_AFTER_MS = 2_000;
/** After so many exchanges in a row that nobody answered, nobody waits for another. */
const AWAY_AFTER = 5;
/** How far apart evaluations are that find out whether a relay that fails, but answers, does so still, in milliseconds. */
const TRIAL_AFTER_MS = 250;
/** A relay that fails again so soon is probed with longer pauses from the beginning, in milliseconds. */
const CALM_AFTER_MS = 10_000;
/** But not with much longer ones. */
const MOST_REMEMBERED = 4;
/** How soon after a probe there is another if somebody has to do without the relay meanwhile, in milliseconds. */
const WANTED_AFTER_MS = 5_000;

/**
 * Whether a relay can be reached. Every exchange says how it went; while they fail, the relay is probed with growing
 * pauses, so that a relay that is back is noticed without any evaluation paying for it.
 */
export class Contact {
  readonly #parts: ContactParts;
  #state: State = { kind: 'closed' };
  #lastGood = 0;
  #lastProbe = 0;
  #lastTrial = -Infinity;
  #goodSince = -Infinity;
  #lastProbes = 0;
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

  /**
   * Why there is no point in asking the relay now; undefined while it is worth a try. Whoever asks would wait for the
   * relay: it is probed all the sooner.
   */
  whyAway(): HalyardError | undefined {
    const state = this.#state;
    if (state.kind !== 'failing' || state.unanswered < AWAY_AFTER) return undefined;
    const { clock } = this.#parts;
    const sinceProbe = clock.elapsed() - this.#lastProbe;
    if (this.#probeTimer !== undefined && sinceProbe >= WANTED_AFTER_MS) this.#probeNow();
    return state.error;
  }

  /** Whether an evaluation that could do without the relay is to ask it all the same, now: it answers, if badly. */
  mayTry(): boolean {
    const state = this.#state;
    const now = this.#parts.clock.elapsed();
    if (state.kind !== 'failing' || state.unanswered > 0 || now - this.#lastTrial < TRIAL_AFTER_MS) return false;
    this.#lastTrial = now;
    return true;
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
    if (this.#state.kind === 'failing') this.#lastProbes = this.#state.probes;
    this.#state = { kind: 'good' };
    if (kind === 'good') return;
    this.#goodSince = this.#lastGood;
    this.#cancelTimers();
    this.#parts.events.reached();
  }

  /** An exchange failed, through no fault of what was asked. */
  failed(error: HalyardError): void {
    const state = this.#state;
    if (state.kind === 'closed') return;
    const { clock, events } = this.#parts;
    const { unanswered, probes } = state.kind === 'failing' ? state : { unanswered: 0, probes: this.#probesBefore() };
    this.#state = { kind: 'failing', error, unanswered: isAnswer(error) ? 0 : unanswered + 1, probes };
    if (state.kind === 'failing') return events.failed(error);
    this.#lostTimer = clock.startTimer(LOST_AFTER_MS, () => events.lost());
    this.#schedule(probes + 1);
    events.failed(error);
  }

  close(): void {
    this.#state = { kind: 'closed' };
    this.#cancelTimers();
    this.#closing.abort();
  }

  /** One that comes and goes is not probed as if it had just gone. */
  #probesBefore(): number {
    const isCalm = this.#parts.clock.elapsed() - this.#goodSince >= CALM_AFTER_MS;
    return isCalm ? 0 : Math.min(this.#lastProbes + 1, MOST_REMEMBERED);
  }

  #cancelTimers(): void {
    this.#probeTimer?.cancel();
    this.#probeTimer = undefined;
    this.#lostTimer?.cancel();
  }

  #schedule(failures: number): void {
    const { clock, random } = this.#parts;
    this.#probeTimer?.cancel();
    this.#probeTimer = clock.startTimer(backoffDelay(failures, probeLimits, random), () => this.#probeNow());
  }

  #probeNow(): void {
    this.#probeTimer?.cancel();
    this.#probeTimer = undefined;
    void this.#probe();
  }

  async #probe(): Promise<void> {
    const { signal } = this.#closing;
    this.#lastProbe = this.#parts.clock.elapsed();
    try {
      await this.#parts.probe(signal);
      if (!signal.aborted) this.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      const wasFailing = this.isFailing;
      this.failed(error as HalyardError);
      if (wasFailing) this.#probeAgain();
    }
  }

  #probeAgain(): void {
    const state = this.#state;
    if (state.kind !== 'failing') return;
    const probes = state.probes + 1;
    this.#state = { ...state, probes };
    this.#schedule(probes + 1);
  }
}
