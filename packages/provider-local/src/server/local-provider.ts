import type { EvaluationContext, Explanation, Logger, Outcome, Resolution, Snapshot } from '@halyard/core';
import {
  checkOptions,
  freezeDeeply,
  goffDialect,
  guardedLogger,
  instantOfMillis,
  Listeners,
  resolutionForDefault,
  snapshotOf,
  systemClock,
} from '@halyard/core';
import type { StatusMethod } from '@halyard/core/server';
import { pinoLogger, ServerProvider } from '@halyard/core/server';
import type { Provider } from '@openfeature/server-sdk';
import { LocalEngine } from '../engine/local-engine.ts';
import { notReady } from '../engine/not-ready.ts';
import type { LocatedDiagnostic } from '../engine/set-builder.ts';
import type { LocalStatus } from '../engine/status.ts';
import { nodePause } from '../platform/node/node-pause.ts';
import type { LocalProviderEvents, ProviderEvent } from './provider-events.ts';
import { providerEvents } from './provider-events.ts';
import type { LocalProviderOptions } from './provider-options.ts';
import { attributesFrom, localProviderRules } from './provider-options.ts';
import { sourceFrom } from './source-choice.ts';

const NAME = 'halyard-local';
const noContext: EvaluationContext = Object.freeze({});

function defaultLogger(debug: boolean): Logger {
  return pinoLogger({ name: NAME, level: debug ? 'debug' : 'info', load: () => import('pino') });
}

function engineOf(options: LocalProviderOptions, logger: Logger): LocalEngine {
  const source = sourceFrom(options.source);
  const now = (): ReturnType<typeof instantOfMillis> => instantOfMillis(systemClock.now());
  const enrichment = attributesFrom(options.contextEnrichment ?? {}) ?? {};
  return new LocalEngine({
    source,
    dialect: goffDialect({ enrichment, now }),
    clock: systemClock,
    random: Math.random,
    pause: nodePause,
    logger,
    pollIntervalMs: options.pollIntervalMs ?? source.pollIntervalMs ?? 0,
    staleAfterMs: options.staleAfterMs ?? 30_000,
  });
}

/**
 * An OpenFeature provider for servers that evaluates GO Feature Flag files in process.
 *
 * @throws HalyardError `CONFIG_INVALID` from the constructor, with every fault of the options
 */
export class LocalProvider extends ServerProvider implements Provider {
  /** How the provider is doing: its state, source, version and age of the flags, last error. */
  readonly status: StatusMethod<LocalStatus>;
  readonly #engine: LocalEngine;
  readonly #listeners: Listeners<ProviderEvent>;

  constructor(options: LocalProviderOptions = {}) {
    checkOptions('LocalProvider', options, localProviderRules);
    const logger = guardedLogger(options.logger ?? defaultLogger(options.debug ?? false));
    const engine = engineOf(options, logger);
    const { initTimeoutMs = 5_000, onInitFailure = 'serve' } = options;
    super({ name: NAME, engine, clock: systemClock, initTimeoutMs, onInitFailure });
    this.#engine = engine;
    this.status = (() => engine.status()) as StatusMethod<LocalStatus>;
    this.#listeners = new Listeners(logger);
    engine.on((event) => {
      for (const told of providerEvents(event)) this.#listeners.announce(told);
    });
  }

  /**
   * Evaluates one flag, at once. Never throws.
   *
   * @param defaultValue served if there is no answer; its kind is the kind asked for, null asks for none
   * @param context `{}` by default
   */
  evaluate<T>(flagKey: string, defaultValue: T, context: EvaluationContext = noContext): Resolution<T> {
    const outcome = this.#engine.flags?.evaluate(flagKey, context) ?? notReady;
    return resolutionForDefault(outcome, defaultValue);
  }

  /**
   * Evaluates all flags, or those that `gofeatureflag.flagList` of the context names. Where the caller's default
   * would be served, the value is null.
   */
  evaluateAll(context: EvaluationContext = noContext): Readonly<Record<string, Resolution>> {
    return this.snapshot(context).toJSON();
  }

  /** The answers of all flags for one context, from one state of the flags at one moment. */
  snapshot(context: EvaluationContext = noContext): Snapshot {
    const flags = this.#engine.flags;
    const outcomes = flags?.evaluateAll(context, instantOfMillis(systemClock.now()));
    return snapshotOf(outcomes ?? new Map<string, Outcome>());
  }

  /** How an answer comes about, step by step. The trace holds attributes of the context: not for logs. */
  explain(flagKey: string, context: EvaluationContext = noContext, defaultValue: unknown = null): Explanation {
    const now = instantOfMillis(systemClock.now());
    const flags = this.#engine.flags;
    const outcome = flags?.evaluate(flagKey, context, now) ?? notReady;
    const resolution = resolutionForDefault(outcome, defaultValue);
    return Object.freeze({ resolution, trace: flags?.explain(flagKey, context, now) ?? [] });
  }

  /** Loads the flags now. Rejects with a HalyardError if that fails; the flags in force stay. */
  reload(): Promise<void> {
    return this.#engine.reload();
  }

  /** What is wrong with the flags in force, and what is odd about them, with line and column. Reads every flag. */
  diagnostics(): readonly LocatedDiagnostic[] {
    return this.#engine.diagnostics();
  }

  /**
   * Listens to the provider's own events, which come beside OpenFeature's.
   *
   * @returns takes the listener off again
   */
  on<E extends keyof LocalProviderEvents>(
    event: E,
    listener: (details: LocalProviderEvents[E]) => unknown,
  ): () => void {
    return this.#listeners.add((told) => {
      if (told.event !== event) return undefined;
      // what listeners are shown are the definitions in force
      return listener(freezeDeeply(told.details) as LocalProviderEvents[E]);
    });
  }
}
