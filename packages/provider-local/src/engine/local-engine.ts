import type {
  Clock,
  Dialect,
  Engine,
  EngineEvent,
  EvaluationContext,
  FlagSet,
  HalyardError,
  LifecycleEvent,
  LifecycleState,
  Logger,
  Outcome,
  Random,
  Timer,
} from '@halyard/core';
import { HalyardError as Failure, Listeners, orAborted, transitionOf } from '@halyard/core';
import type { Pause } from '../ports/pause.ts';
import type { LoadedFlags, Source } from '../sources/source.ts';
import { Inspection } from './inspection.ts';
import { notReady } from './not-ready.ts';
import { nameOf } from './source-name.ts';
import type { LocatedDiagnostic } from './set-builder.ts';
import { buildSet } from './set-builder.ts';
import { SourceFollower } from './source-follower.ts';
import type { LocalStatus } from './status.ts';

/** What a local engine is made of. */
export interface LocalEngineParts {
  readonly source: Source;
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly random: Random;
  readonly pause: Pause;
  readonly logger: Logger;
  /** 0: never. */
  readonly pollIntervalMs: number;
  /** How long the source may fail before the flags count as stale, in milliseconds. */
  readonly staleAfterMs: number;
}

/** The flags in force. */
interface InForce {
  readonly set: FlagSet;
  readonly inspection: Inspection;
  /** When the source last confirmed them, on the monotonic clock. */
  readonly confirmedAt: number;
}

/** Decides flags in process, from a source that it follows. */
export class LocalEngine implements Engine {
  readonly #parts: LocalEngineParts;
  readonly #name: string;
  readonly #listeners: Listeners<EngineEvent>;
  #state: LifecycleState = 'starting';
  #since: number;
  #inForce: InForce | undefined;
  #lastError: HalyardError | undefined;
  #follower: SourceFollower | undefined;
  #inspecting = new AbortController();
  #staleTimer: Timer | undefined;

  constructor(parts: LocalEngineParts) {
    this.#parts = parts;
    this.#name = nameOf(parts.source);
    this.#listeners = new Listeners(parts.logger);
    this.#since = parts.clock.now();
  }

  /** The flags in force; none before the first load and after `stop`. */
  get flags(): FlagSet | undefined {
    return this.#inForce?.set;
  }

  on(listener: (event: EngineEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async start(signal: AbortSignal): Promise<void> {
    if (this.#inForce !== undefined) return;
    this.#happened('start');
    const isFirst = this.#follower === undefined;
    const follower = (this.#follower ??= this.#follow());
    try {
      await orAborted(isFirst ? follower.start() : follower.refresh(), signal);
    } catch (error) {
      // a start that was closed meanwhile has nothing to say about the next one
      if (this.#follower === follower) this.#happened('unusable');
      throw error;
    }
  }

  resolve(key: string, context: EvaluationContext): Outcome {
    return this.#inForce === undefined ? notReady : this.#inForce.set.decide(key, context);
  }

  /** Loads now, without waiting for a notice or a poll. Rejects if that fails; the flags in force stay. */
  async reload(): Promise<void> {
    if (this.#follower === undefined) throw new Failure('CLOSED', 'the provider has not started, or was closed');
    await this.#follower.refresh();
  }

  diagnostics(): readonly LocatedDiagnostic[] {
    return this.#inForce?.inspection.diagnostics() ?? [];
  }

  async stop(failure?: HalyardError): Promise<void> {
    this.#happened(failure === undefined ? 'close' : 'unusable');
    this.#follower?.stop();
    this.#follower = undefined;
    this.#inspecting.abort();
    this.#staleTimer?.cancel();
    this.#staleTimer = undefined;
    this.#inForce = undefined;
    this.#lastError = failure;
  }

  status(): LocalStatus {
    const common = { since: this.#since, source: this.#name };
    const lastError = this.#lastError;
    const state = this.#state;
    const error = lastError ?? new Failure('SOURCE_UNAVAILABLE', 'the source has not answered yet');
    if (state === 'failed') return { ...common, state, lastError: error };
    if (state === 'starting' || state === 'closed' || this.#inForce === undefined) {
      return { ...common, state: state === 'closed' ? 'closed' : 'starting' };
    }
    const ageMs = Math.max(0, this.#parts.clock.elapsed() - this.#inForce.confirmedAt);
    const serving = { ...common, version: this.#inForce.set.version, ageMs };
    if (state === 'stale') return { ...serving, state, lastError: error };
    return { ...serving, state, ...(lastError !== undefined && { lastError }) };
  }

  #follow(): SourceFollower {
    const { source, clock, random, pollIntervalMs, logger } = this.#parts;
    const events = {
      apply: (loaded: LoadedFlags) => this.#apply(loaded),
      confirmed: () => this.#confirmed(),
      failed: (error: HalyardError) => this.#failed(error),
    };
    return new SourceFollower({ source, name: this.#name, clock, random, pollIntervalMs, logger, events });
  }

  async #apply(loaded: LoadedFlags): Promise<void> {
    const { dialect, pause, clock, logger } = this.#parts;
    const follower = this.#follower;
    const previous = this.#inForce?.set;
    const built = await buildSet(loaded, previous, dialect, pause);
    if (follower !== this.#follower || follower === undefined) return;
    this.#inspecting.abort();
    this.#inspecting = new AbortController();
    const inspection = new Inspection(built, logger);
    this.#inForce = { set: built.set, inspection, confirmedAt: clock.elapsed() };
    inspection.run(pause, this.#inspecting.signal).catch((error: unknown) => logger.error('inspection failed', error));
    logger.info(`${built.set.size} flags from ${this.#name}, ${built.changes.length} changed`);
    this.#recovered();
    if (previous !== undefined && built.changes.length > 0) {
      this.#listeners.announce({ type: 'changed', changes: built.changes });
    }
  }

  #confirmed(): void {
    if (this.#inForce !== undefined) this.#inForce = { ...this.#inForce, confirmedAt: this.#parts.clock.elapsed() };
    this.#recovered();
  }

  #recovered(): void {
    this.#staleTimer?.cancel();
    this.#staleTimer = undefined;
    if (this.#lastError !== undefined) this.#parts.logger.info(`${this.#name} works again`);
    this.#lastError = undefined;
    this.#happened('usable');
  }

  #failed(error: HalyardError): void {
    const { clock, logger, staleAfterMs } = this.#parts;
    const isNews = this.#lastError?.message !== error.message;
    this.#lastError = error;
    if (this.#inForce !== undefined) {
      this.#staleTimer ??= clock.startTimer(staleAfterMs, () => this.#happened('outdated'));
    }
    if (!isNews) return;
    logger.warn(this.#inForce === undefined ? error.message : `${error.message}; the flags in force stay`);
    this.#listeners.announce({ type: 'failure', error });
  }

  #happened(event: LifecycleEvent): void {
    const transition = transitionOf(this.#state, event);
    if (transition === undefined) return;
    this.#state = transition.to;
    this.#since = this.#parts.clock.now();
    if (transition.announce === 'ready') this.#listeners.announce({ type: 'ready' });
    if (transition.announce === 'stale') {
      const message = this.#lastError?.message ?? 'the source fails';
      this.#listeners.announce({ type: 'stale', message });
    }
  }
}
