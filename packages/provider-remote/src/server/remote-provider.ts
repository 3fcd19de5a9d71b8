import type { CacheStats } from '@halyard/cache';
import type { EvaluationContext, Outcome, Resolution, Snapshot } from '@halyard/core';
import { checkContext, ContextFault, errorOutcome, HalyardError, snapshotOf } from '@halyard/core';
import type { StatusMethod } from '@halyard/core/server';
import { ServerProvider } from '@halyard/core/server';
import type { FlushResult } from '@halyard/hooks';
import type { Provider } from '@openfeature/server-sdk';
import { failureOutcome } from '../answers/failure-outcome.ts';
import { notReady } from '../engine/not-ready.ts';
import type { Session } from '../engine/session.ts';
import type { RemoteStatus } from '../engine/status.ts';
import type { RemoteProviderOptions } from './provider-options.ts';
import type { RemoteParts, RemoteProviderEvents } from './remote-parts.ts';
import { remoteParts } from './remote-parts.ts';

const noContext: EvaluationContext = Object.freeze({});
const nothing: ReadonlyMap<string, Outcome> = new Map();

/** What a remote provider has done since it was made. */
export interface RemoteStats {
  readonly cache: CacheStats;
  /** Usage events: told to the relay, waiting, lost. All 0 if nothing is collected. */
  readonly events: { readonly sent: number; readonly left: number; readonly dropped: number };
}

/**
 * An OpenFeature provider for servers whose flags a GO Feature Flag relay proxy decides. Answers are kept until the
 * relay tells that their flag changed, and go on serving while it cannot be reached.
 *
 * @throws HalyardError `CONFIG_INVALID` from the constructor, with every fault of the options
 */
export class RemoteProvider extends ServerProvider implements Provider {
  /** How the provider is doing: its state, relay, age of its knowledge, how changes are learnt, last error. */
  readonly status: StatusMethod<RemoteStatus>;
  readonly #parts: RemoteParts;

  constructor(options: RemoteProviderOptions = {}) {
    const parts = remoteParts(options);
    super(parts);
    this.#parts = parts;
    this.status = (() => parts.engine.status()) as StatusMethod<RemoteStatus>;
  }

  /** Sends the usage data that is left, and lets go of everything; called by the SDK. May be started again. */
  override async onClose(): Promise<void> {
    const client = this.#parts.engine.session?.client;
    await super.onClose();
    await client?.close();
  }

  /**
   * The answers of all flags for one context, or of those that `gofeatureflag.flagList` of the context names, in one
   * round trip. They agree with each other. Of these, what is read goes into the usage data. Never rejects: if the
   * relay cannot be asked, each flag answers what is kept for it, marked STALE, else the default with the reason why.
   *
   * @param context `{}` by default
   */
  async snapshot(context: EvaluationContext = noContext): Promise<Snapshot> {
    const checked = checkContext(context);
    const { session } = this.#parts.engine;
    const { usage } = this.#parts;
    const onRead = (flagKey: string, outcome: Outcome, resolution: Resolution): void =>
      usage?.evaluated(flagKey, context, outcome, resolution);
    if (checked instanceof ContextFault) {
      return snapshotOf(nothing, onRead, () => errorOutcome('INVALID_CONTEXT', checked.message));
    }
    if (session === undefined) return snapshotOf(nothing, onRead, () => notReady);
    try {
      return snapshotOf(await session.askAll(checked), onRead);
    } catch (error) {
      return snapshotOf(nothing, onRead, (key) => session.kept(key, checked) ?? failureOutcome(error));
    }
  }

  /**
   * Evaluates all flags, or those that `gofeatureflag.flagList` of the context names. Where the caller's default would
   * be served, the value is null. Nothing of this goes into the usage data. Empty if the relay cannot be asked.
   *
   * @param context `{}` by default
   */
  async evaluateAll(context: EvaluationContext = noContext): Promise<Readonly<Record<string, Resolution>>> {
    return (await this.snapshot(context)).toJSON();
  }

  /** Asks the relay what has changed; every later evaluation asks it anew. Rejects with a HalyardError if that fails. */
  async refresh(): Promise<void> {
    await this.#session().refresh();
  }

  /**
   * Sends the usage data that has gathered, now. Never rejects.
   *
   * @param options `deadlineMs`: how long to wait at most, 3,000 by default; sending goes on after that
   * @returns how many events arrived, and how many still wait
   */
  async flush(options?: { readonly deadlineMs?: number }): Promise<FlushResult> {
    return (await this.#parts.usage?.flush(options)) ?? { sent: 0, left: 0 };
  }

  /** What the provider has done since it was made. */
  stats(): RemoteStats {
    const events = this.#parts.usage?.stats() ?? { sent: 0, left: 0, dropped: 0 };
    return { cache: this.#parts.engine.cacheStats(), events };
  }

  /** Forgets every answer. */
  clearCache(): void {
    this.#parts.engine.clearCache();
  }

  /**
   * Listens to the provider's own events, which come beside OpenFeature's.
   *
   * @returns takes the listener off again
   */
  on<E extends keyof RemoteProviderEvents>(
    event: E,
    listener: (details: RemoteProviderEvents[E]) => unknown,
  ): () => void {
    return this.#parts.announcements.on(event, listener);
  }

  #session(): Session {
    const { session } = this.#parts.engine;
    if (session !== undefined) return session;
    throw new HalyardError('CLOSED', 'the provider has not started, or was closed');
  }
}
