import type { Clock, Timer } from '@halyard/core';
import type { Heard } from '../../changes/liveness.ts';
import { heardMessage, heardNothing, heardPing, longestSilence } from '../../changes/liveness.ts';
import type { StreamRoute } from '../../changes/stream-routes.ts';
import type { PushConnection, PushEnd, PushStream } from '../../ports/push-stream.ts';
import { startPatientTimer } from './patient-timer.ts';

/** The longest a stream may take to come up, the answer of a key function included, in milliseconds. */
const CONNECT_LIMIT_MS = 10_000;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly clock: Clock;
  readonly stream: PushStream;
  readonly route: StreamRoute;
  /** The address, which holds the key. */
  readonly url: () => string | Promise<string>;
  readonly message: (text: string) => void;
  readonly unreadable: (why: string) => void;
}

type State =
  | { readonly kind: 'connecting'; readonly limit: Timer; readonly socket?: PushConnection }
  | { readonly kind: 'up'; readonly socket: PushConnection; readonly heard: Heard; readonly watch?: Timer }
  | { readonly kind: 'closed' };

/** One connection to a change stream, from the first attempt to its end; watches whether it is alive. */
export class StreamConnection {
  /** Settles once it is clear whether the stream came up: undefined if it did, else why not. Never rejects. */
  readonly established: Promise<PushEnd | undefined>;
  /** Settles when it is over. Never rejects. */
  readonly ended: Promise<PushEnd>;
  /** When it came up, on the clock's `elapsed`; Infinity if it did not yet. */
  openedAt: number = Infinity;
  readonly #parts: ConnectionParts;
  #state: State;
  #establish!: (end: PushEnd | undefined) => void;
  #end!: (end: PushEnd) => void;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.established = new Promise((resolve) => (this.#establish = resolve));
    this.ended = new Promise((resolve) => (this.#end = resolve));
    const tooLate = (): void => this.#close({ kind: 'failed', why: `no stream within ${CONNECT_LIMIT_MS} ms` });
    this.#state = { kind: 'connecting', limit: startPatientTimer(parts.clock, CONNECT_LIMIT_MS, tooLate) };
    void this.#connect();
  }

  get route(): StreamRoute {
    return this.#parts.route;
  }

  /** Whether silence would be noticed. */
  get isWatched(): boolean {
    return this.#state.kind === 'up' && longestSilence(this.#state.heard) !== undefined;
  }

  /** @param why what the end is put down to */
  close(why = 'closed'): void {
    this.#close({ kind: 'lost', why });
  }

  async #connect(): Promise<void> {
    const { stream, url } = this.#parts;
    try {
      const address = await url();
      if (this.#state.kind !== 'connecting') return;
      const socket = stream.open(address, {
        opened: () => this.#opened(socket),
        alive: () => this.#heard(heardPing),
        message: (text) => this.#received(() => this.#parts.message(text)),
        unreadable: (why) => this.#received(() => this.#parts.unreadable(why)),
        closed: (end) => this.#close(end),
      });
      this.#state = { ...this.#state, socket };
    } catch {
      // hash checks ask for the same key and tell why
      this.#close({ kind: 'failed', why: 'the API key cannot be had' });
    }
  }

  #opened(socket: PushConnection): void {
    if (this.#state.kind !== 'connecting') return;
    this.#state.limit.cancel();
    this.openedAt = this.#parts.clock.elapsed();
    this.#state = { kind: 'up', socket, heard: heardNothing(this.openedAt) };
    this.#establish(undefined);
  }

  #received(deliver: () => void): void {
    if (this.#state.kind !== 'up') return;
    this.#heard(heardMessage);
    deliver();
  }

  #heard(next: (heard: Heard, at: number) => Heard): void {
    if (this.#state.kind !== 'up') return;
    this.#state = { ...this.#state, heard: next(this.#state.heard, this.#parts.clock.elapsed()) };
    if (this.#state.watch === undefined) this.#watch();
  }

  /** Looks again when the silence would be too long, if it began with the last sign of life. */
  #watch(): void {
    if (this.#state.kind !== 'up') return;
    const silence = longestSilence(this.#state.heard);
    if (silence === undefined) return;
    const left = silence - (this.#parts.clock.elapsed() - this.#state.heard.lastAt);
    if (left <= 0) return this.#close({ kind: 'lost', why: 'it fell silent' });
    this.#state = { ...this.#state, watch: startPatientTimer(this.#parts.clock, left, () => this.#watch()) };
  }

  #close(end: PushEnd): void {
    const state = this.#state;
    if (state.kind === 'closed') return;
    this.#state = { kind: 'closed' };
    if (state.kind === 'connecting') state.limit.cancel();
    else state.watch?.cancel();
    state.socket?.close();
    this.#establish(end);
    this.#end(end);
  }
}
