import type { Clock, Logger, Random, Timer } from '@halyard/core';
import type { FollowedBy } from '../../changes/change-mode.ts';
import { STABLE_MS } from './push-channel.ts';

/** How long a lost stream is waited for before polling takes over: this, and up to as much again by chance. */
const TAKEOVER_MS = 2_000;
/** So many polls in a row have to fail until polling counts as broken. */
const MOST_MISSES = 3;

/** What a mode keeper works with. */
export interface ModeParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly pollIntervalMs: number;
  readonly modeChanged: (mode: FollowedBy) => void;
  /** There is no stream: polling begins. */
  readonly takeOver: () => void;
}

type Phase =
  | { readonly kind: 'idle' }
  /** No stream for the moment. */
  | { readonly kind: 'waiting'; readonly timer: Timer }
  /** A stream that has yet to prove itself has a timer. */
  | { readonly kind: 'pushed'; readonly timer: Timer | undefined }
  | { readonly kind: 'polling'; readonly misses: number };

const names = { websocket: 'WebSocket', sse: 'server-sent events' };

/** Knows which way changes are followed, and tells of it when that has lasted: a short gap is nobody's business. */
export class ModeKeeper {
  readonly #parts: ModeParts;
  #phase: Phase = { kind: 'idle' };
  #mode: FollowedBy = 'none';
  #why = '';

  constructor(parts: ModeParts) {
    this.#parts = parts;
  }

  get mode(): FollowedBy {
    return this.#mode;
  }

  /** Whether a stream is up or polling has taken over: time for checks that nobody asks for. */
  get isFollowing(): boolean {
    return this.#phase.kind === 'pushed' || this.#phase.kind === 'polling';
  }

  /** A stream is being looked for. */
  begin(): void {
    this.#phase = this.#waiting();
  }

  /** A stream is up; one that has yet to prove itself is told only once it has lasted. */
  up(stream: 'websocket' | 'sse', isProven: boolean): void {
    this.#cancelTimer();
    const prove = (): void => this.#tell(stream, `changes are followed by ${names[stream]}`);
    this.#phase = { kind: 'pushed', timer: isProven ? undefined : this.#parts.clock.startTimer(STABLE_MS, prove) };
    if (isProven) prove();
  }

  /** The stream is gone; it may be back in a moment. */
  lost(why: string): void {
    this.#cancelTimer();
    this.#why = why;
    this.#phase = this.#waiting();
  }

  /** There is no stream to be had for a while. */
  absent(why: string): void {
    this.#why = why;
    if (this.#phase.kind !== 'polling') this.#takeOver();
  }

  /** The relay answered a check, or did not. */
  checked(isAnswered: boolean): void {
    if (this.#phase.kind !== 'polling') return;
    const misses = isAnswered ? 0 : this.#phase.misses + 1;
    this.#phase = { kind: 'polling', misses };
    const because = this.#why === '' ? '' : ` (no stream: ${this.#why})`;
    const polling = `changes are followed by polling every ${this.#parts.pollIntervalMs} ms${because}`;
    if (isAnswered) this.#tell('poll', polling);
    else if (this.#mode !== 'poll' || misses >= MOST_MISSES) this.#tell('none', `changes are not followed${because}`);
  }

  #cancelTimer(): void {
    if ('timer' in this.#phase) this.#phase.timer?.cancel();
  }

  #waiting(): Phase {
    const { clock, random } = this.#parts;
    return { kind: 'waiting', timer: clock.startTimer(TAKEOVER_MS * (1 + random()), () => this.#takeOver()) };
  }

  #takeOver(): void {
    this.#cancelTimer();
    this.#phase = { kind: 'polling', misses: 0 };
    this.#parts.takeOver();
  }

  #tell(mode: FollowedBy, message: string): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#parts.logger.info(message);
    this.#parts.modeChanged(mode);
  }
}
