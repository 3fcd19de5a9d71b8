import type { CacheStats } from '@halyard/cache';
import type {
  Engine,
  EngineEvent,
  EvaluationContext,
  LifecycleEvent,
  LifecycleState,
  Logger,
  Outcome,
} from '@halyard/core';
import { HalyardError, Listeners, orAborted, transitionOf } from '@halyard/core';
import type { RelayClient } from '@halyard/relay-client';
import { notReady } from './not-ready.ts';
import type { SessionEvents, SessionParts } from './session.ts';
import { Session } from './session.ts';
import type { RemoteStatus } from './status.ts';
import { Trouble } from './trouble.ts';

/** What a remote engine is made of. */
export interface RemoteEngineParts extends Omit<SessionParts, 'client' | 'events'> {
  /** The relay in a few words, without credentials. */
  readonly name: string;
  /** A new client, for each start. */
  readonly connect: () => RelayClient;
  readonly logger: Logger;
}

/** Asks a relay to decide flags, and keeps what it said. */
export class RemoteEngine implements Engine {
  readonly #parts: RemoteEngineParts;
  readonly #listeners: Listeners<EngineEvent>;
  #state: LifecycleState = 'starting';
  #since: number;
  readonly #trouble: Trouble;
  #session: Session | undefined;
  /** Those who wait for the relay's first answer. */
  #waiting: { readonly resolve: () => void; readonly reject: (why: HalyardError) => void }[] = [];

  constructor(parts: RemoteEngineParts) {
    this.#parts = parts;
    this.#listeners = new Listeners(parts.logger);
    this.#since = parts.clock.now();
    this.#trouble = new Trouble(parts.clock, {
      news: (error) => {
        parts.logger.warn(error.message);
        this.#listeners.announce({ type: 'failure', error });
      },
      over: () => parts.logger.info(`${parts.name} answers again`),
    });
  }

  /** The session; none before the start and after `stop`. */
  get session(): Session | undefined {
    return this.#session;
  }

  on(listener: (event: EngineEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async start(signal: AbortSignal): Promise<void> {
    if (this.#state === 'ready' || this.#state === 'stale') return;
    this.#happened('start');
    const session = (this.#session ??= this.#open());
    try {
      await orAborted(new Promise<void>((resolve, reject) => void this.#waiting.push({ resolve, reject })), signal);
    } catch (error) {
      // a start that was closed meanwhile has nothing to say about the next one
      if (this.#session !== session) throw error;
      this.#happened('unusable');
      throw this.#trouble.last ?? error;
    }
  }

  resolve(key: string, context: EvaluationContext): Outcome {
    return this.#session?.known(key, context) ?? this.#session?.kept(key, context) ?? notReady;
  }

  prepare(key: string, context: EvaluationContext): Outcome | Promise<Outcome> {
    const session = this.#session;
    return session === undefined ? notReady : (session.known(key, context) ?? session.ask(key, context));
  }

  clearCache(): void {
    this.#parts.cache.clear();
  }

  cacheStats(): CacheStats {
    return this.#parts.cache.stats();
  }

  async stop(failure?: HalyardError): Promise<void> {
    this.#happened(failure === undefined ? 'close' : 'unusable');
    this.#trouble.forget(failure);
    const session = this.#session;
    this.#session = undefined;
    this.#waiting = [];
    await session?.end();
    // whoever closes a provider closes its client after the last usage data; nobody closes one that gave up
    if (failure !== undefined) await session?.client.close();
  }

  status(): RemoteStatus {
    const [state, since, lastError, session] = [this.#state, this.#since, this.#trouble.last, this.#session];
    const common = { since, source: this.#parts.name };
    const error = lastError ?? new HalyardError('NETWORK_FAILED', `${common.source} has not answered yet`);
    if (state === 'failed') return { ...common, state, lastError: error };
    if (state === 'starting' || state === 'closed' || session === undefined) {
      return { ...common, state: state === 'closed' ? 'closed' : 'starting' };
    }
    const { version, ageMs, followedBy: changes } = session;
    const serving = { ...common, ...(version !== undefined && { version }), ageMs, changes };
    if (state === 'stale') return { ...serving, state, lastError: error };
    return { ...serving, state, ...(lastError !== undefined && { lastError }) };
  }

  #open(): Session {
    const session = new Session({ ...this.#parts, client: this.#parts.connect(), events: this.#sessionEvents() });
    session.begin();
    return session;
  }

  #sessionEvents(): SessionEvents {
    return {
      reached: () => {
        this.#trouble.better();
        this.#happened('usable');
        for (const { resolve } of this.#waiting.splice(0)) resolve();
      },
      failed: (error) => {
        this.#trouble.happened(error);
        if (error.code !== 'AUTHENTICATION_FAILED' || this.#state !== 'starting') return;
        // waiting mends no key
        this.#happened('unusable');
        for (const { reject } of this.#waiting.splice(0)) reject(error);
      },
      lost: () => this.#happened('outdated'),
      changed: (changes) => this.#listeners.announce({ type: 'changed', changes }),
    };
  }

  #happened(event: LifecycleEvent): void {
    const transition = transitionOf(this.#state, event);
    if (transition === undefined) return;
    this.#state = transition.to;
    this.#since = this.#parts.clock.now();
    if (transition.announce === 'ready') this.#listeners.announce({ type: 'ready' });
    if (transition.announce === 'stale') {
      const message = this.#trouble.last?.message ?? `${this.#parts.name} does not answer`;
      this.#listeners.announce({ type: 'stale', message });
    }
  }
}
