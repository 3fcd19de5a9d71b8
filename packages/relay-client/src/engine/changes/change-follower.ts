import type { BackoffLimits, Clock, Logger, Random } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { ChangesMode, FollowedBy } from '../../changes/change-mode.ts';
import type { StreamRoute } from '../../changes/stream-routes.ts';
import { routesFor } from '../../changes/stream-routes.ts';
import type { ApiKey } from '../../http/api-key.ts';
import { checkedKey } from '../../http/api-key.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { streamUrl, webSocketUrl } from '../../http/endpoint.ts';
import type { PushStream } from '../../ports/push-stream.ts';
import { FollowRun } from './follow-run.ts';
import type { FlagHashes } from '../../wire/flag-hashes.ts';
import type { ChangeFollowerEvents } from './follower-events.ts';
import type { HashMemory, HashSource } from './hash-checker.ts';

/** What a {@link ChangeFollower} works with. */
export interface ChangeFollowerOptions {
  /** Who is asked for hashes; a `RelayClient` will do. */
  readonly client: HashSource;
  readonly endpoint: Endpoint;
  /** A function is asked before each connection. */
  readonly apiKey?: ApiKey | undefined;
  /** The streams that this runtime has. */
  readonly streams: readonly PushStream[];
  readonly mode: ChangesMode;
  /** How often it is polled where nothing is pushed; 0: never. */
  readonly pollIntervalMs: number;
  /** How delays grow while a stream cannot be had. */
  readonly reconnect: BackoffLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly events: ChangeFollowerEvents;
}

/**
 * Knows which flags of a relay change, as soon as the relay says so (goff-relay-protocol §5). Notices come by WebSocket,
 * server-sent events or, where neither works, polling; the relay's hashes decide what has really changed. Notices are
 * not replayed, so the hashes are checked after each reconnection too. Holds no process alive.
 */
export class ChangeFollower {
  readonly #options: ChangeFollowerOptions;
  readonly #memory: HashMemory = {};
  #run: FollowRun | undefined;

  constructor(options: ChangeFollowerOptions) {
    this.#options = options;
  }

  /** Which way changes are followed right now; the one that `modeChanged` told last. */
  get mode(): FollowedBy {
    return this.#run?.mode ?? 'none';
  }

  /** The relay's hash of its flags as last seen; undefined before the first one, and where it gives none. */
  get version(): string | undefined {
    return this.#memory.last?.hash.toString(16);
  }

  /** Hashes that somebody else was given: what follows is compared with them, unless others were seen before. */
  seen(hashes: FlagHashes): void {
    this.#memory.last ??= hashes;
  }

  /** Begins, or begins again after {@link stop}. */
  start(): void {
    if (this.#run !== undefined) return;
    const { mode, streams } = this.#options;
    const routes = routesFor(mode, (name) => streams.some((stream) => stream.name === name));
    this.#run = new FollowRun({ ...this.#options, routes, memory: this.#memory, url: (route) => this.#url(route) });
    this.#run.start();
  }

  /**
   * Checks the hashes now, whatever the mode; the events tell what is found.
   *
   * @throws HalyardError why it failed, which the events have told by then; `CLOSED` before the start and after the stop
   */
  async check(): Promise<void> {
    if (this.#run === undefined) throw new HalyardError('CLOSED', 'changes are not followed: the follower is stopped');
    const result = await this.#run.check();
    if (result.kind === 'failed') throw result.error;
  }

  /** Tries at once what it waits to try again: for when something else shows that the relay is back. */
  retry(): void {
    if (this.#run === undefined) return;
    // the events tell if it fails
    if (this.mode !== 'none') return void this.#run.check();
    this.stop();
    this.start();
  }

  /** Ends everything at once; nothing is told any more. Idempotent. */
  stop(): void {
    this.#run?.stop();
    this.#run = undefined;
  }

  #url(route: StreamRoute): string | Promise<string> {
    const { endpoint, apiKey } = this.#options;
    const urlOf = route.stream === 'websocket' ? webSocketUrl : streamUrl;
    if (typeof apiKey !== 'function') return urlOf(endpoint, route.path, apiKey);
    return Promise.resolve(apiKey()).then((key) => urlOf(endpoint, route.path, checkedKey(key)));
  }
}
