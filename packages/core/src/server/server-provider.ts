import type {
  AnyProviderEvent,
  CommonProvider,
  EvaluationContext,
  JsonValue,
  ProviderEventEmitter,
  ResolutionDetails,
  ServerProviderStatus,
  TrackingEventDetails,
} from '@openfeature/core';
import { ProviderFatalError, ServerProviderEvents } from '@openfeature/core';
import { ContextFault, checkContext } from '../context/check-context.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { openFeatureCodeOf } from '../errors/error-codes.ts';
import { HalyardError, isHalyardError, messageOf } from '../errors/halyard-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { UsageRecorder } from '../ports/usage-recorder.ts';
import type { Outcome } from '../resolution/outcome.ts';
import { errorOutcome, resolutionFor } from '../resolution/outcome.ts';
import type { FlagKind } from '../resolution/resolution.ts';
import { ProviderEvents } from './provider-events.ts';
import { StartFailure } from './start-failure.ts';

/** How a provider starts. */
export interface StartPolicy {
  /** How long `initialize` waits at most. */
  readonly initTimeoutMs: number;
  /** After a failed start: go on trying and recover (`serve`), or give up for good (`fail`). */
  readonly onInitFailure: 'serve' | 'fail';
}

/** What a server provider is made of. */
export interface ServerProviderParts extends StartPolicy {
  /** The name the SDK shows. */
  readonly name: string;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Where evaluations and tracking calls are noted; nowhere by default. */
  readonly usage?: UsageRecorder | undefined;
}

/**
 * The type of a method `status()`. OpenFeature's provider type still has a property of that name, deprecated and
 * ignored by the SDK; this type is callable and passes for it.
 */
export type StatusMethod<S> = (() => S) & ServerProviderStatus;

/**
 * The face of an engine towards the OpenFeature server SDK. Resolvers answer from the engine's own state, return
 * errors instead of throwing, and check the type of every value (openfeature-provider §1).
 */
export class ServerProvider implements CommonProvider<ServerProviderStatus> {
  /** Its name, and `usageData: 'collected'` if it collects usage data: then no hook needs to. */
  readonly metadata: Readonly<{ name: string; usageData?: 'collected' }>;
  readonly runsOn = 'server' as const;
  readonly events: ProviderEventEmitter<AnyProviderEvent>;
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #policy: StartPolicy;
  readonly #usage: UsageRecorder | undefined;
  #starting: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  constructor({ name, engine, clock, usage, initTimeoutMs, onInitFailure }: ServerProviderParts) {
    this.metadata = Object.freeze({ name, ...(usage !== undefined && { usageData: 'collected' }) });
    this.#engine = engine;
    this.#clock = clock;
    this.#usage = usage;
    this.#policy = { initTimeoutMs, onInitFailure };
    const events = new ProviderEvents();
    this.events = events;
    engine.on((event) => emit(events, event));
  }

  /** Starts the engine; called by the SDK. Rejects within `initTimeoutMs` if there is nothing to serve. */
  async initialize(_context?: EvaluationContext, _domain?: string): Promise<void> {
    const starting = (this.#starting ??= this.#start());
    try {
      await starting.done;
    } catch (error) {
      // the next domain that is bound tries again
      if (this.#starting === starting) this.#starting = undefined;
      throw error;
    }
  }

  /** Stops the engine and lets go of everything; called by the SDK, once for each domain. May be started again. */
  async onClose(): Promise<void> {
    this.#starting?.abort.abort(new HalyardError('CLOSED', `${this.metadata.name} was closed while it started`));
    this.#starting = undefined;
    await this.#engine.stop();
    await this.#usage?.close();
  }

  /** Notes a tracking event with the usage data, if that is collected; called by the SDK. Sends nothing by itself. */
  track(eventName: string, context: EvaluationContext, details: TrackingEventDetails): void {
    const checked = checkContext(context);
    if (!(checked instanceof ContextFault)) this.#usage?.tracked(eventName, checked, details);
  }

  async resolveBooleanEvaluation(
    flagKey: string,
    defaultValue: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(flagKey, 'boolean', defaultValue, context);
  }

  async resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<string>> {
    return this.#resolve(flagKey, 'string', defaultValue, context);
  }

  async resolveNumberEvaluation(
    flagKey: string,
    defaultValue: number,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<number>> {
    return this.#resolve(flagKey, 'number', defaultValue, context);
  }

  async resolveObjectEvaluation<T extends JsonValue>(
    flagKey: string,
    defaultValue: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.#resolve(flagKey, 'object', defaultValue, context);
  }

  /** Every flag looks at the context here, static ones too: a broken call site shows at once, not with the first rule. */
  #resolve<T>(
    flagKey: string,
    kind: FlagKind,
    defaultValue: T,
    context: EvaluationContext,
  ): ResolutionDetails<T> | Promise<ResolutionDetails<T>> {
    const checked = checkContext(context);
    if (checked instanceof ContextFault) {
      const invalid = errorOutcome('INVALID_CONTEXT', checked.message);
      return resolutionFor(invalid, kind, defaultValue) as ResolutionDetails<T>;
    }
    const engine = this.#engine;
    const answer = (outcome: Outcome): ResolutionDetails<T> => {
      const resolution = resolutionFor(outcome, kind, defaultValue);
      this.#usage?.evaluated(flagKey, checked, outcome, resolution);
      // OpenFeature declares its error codes as an enum whose values are these texts
      return resolution as ResolutionDetails<T>;
    };
    const outcome = engine.prepare?.(flagKey, checked) ?? engine.resolve(flagKey, checked);
    return 'then' in outcome ? outcome.then(answer) : answer(outcome);
  }

  #start(): { done: Promise<void>; abort: AbortController } {
    const abort = new AbortController();
    return { abort, done: this.#startWithin(abort) };
  }

  async #startWithin(abort: AbortController): Promise<void> {
    const { initTimeoutMs, onInitFailure } = this.#policy;
    const tooLate = new HalyardError('TIMED_OUT', `${this.metadata.name} had no flags after ${initTimeoutMs} ms`);
    const timer = this.#clock.startTimer(initTimeoutMs, () => abort.abort(tooLate), 'holds the process');
    this.#usage?.start();
    try {
      await this.#engine.start(abort.signal);
    } catch (error) {
      const isClosed = abort.signal.aborted && abort.signal.reason !== tooLate;
      if (onInitFailure === 'serve' || isClosed) {
        throw new StartFailure(isHalyardError(error) ? openFeatureCodeOf(error.code) : 'GENERAL', error);
      }
      await this.#engine.stop(isHalyardError(error) ? error : undefined);
      throw new ProviderFatalError(messageOf(error), { cause: error });
    } finally {
      timer.cancel();
    }
  }
}

function emit(events: ProviderEvents, event: EngineEvent): void {
  switch (event.type) {
    case 'ready':
      return events.emit(ServerProviderEvents.Ready, { message: 'the provider has recovered' });
    case 'stale':
      return events.emit(ServerProviderEvents.Stale, { message: event.message });
    case 'changed':
      return events.emit(ServerProviderEvents.ConfigurationChanged, {
        flagsChanged: event.changes.map(({ flag }) => flag),
        ...(event.layer !== undefined && { metadata: { layer: event.layer } }),
      });
    case 'failure':
      return;
  }
}
