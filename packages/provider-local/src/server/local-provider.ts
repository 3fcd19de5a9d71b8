import type { EvaluationContext, Explanation, FlagChange, Logger, Outcome, Resolution, Snapshot } from '@halyard/core';
import {
  guardedLogger,
  HalyardError,
  instantOfMillis,
  resolutionForDefault,
  snapshotOf,
  systemClock,
} from '@halyard/core';
import type { ProviderAnnouncement, StatusMethod } from '@halyard/core/server';
import { pinoLogger, ProviderAnnouncements, ServerProvider } from '@halyard/core/server';
import type { FlushResult, UsageCollector } from '@halyard/hooks';
import type { Provider } from '@openfeature/server-sdk';
import { changesOfReload } from '../engine/changes-of-reload.ts';
import { answerBeside, flagAnswer, flagKeyOf } from '../engine/flag-answer.ts';
import type { LocalEngine } from '../engine/local-engine.ts';
import type { LocatedDiagnostic } from '../engine/set-builder.ts';
import type { LocalStatus } from '../engine/status.ts';
import { createLocalEngine, DEFAULT_START_MS } from './create-local-engine.ts';
import type { LocalProviderOptions } from './provider-options.ts';
import { checkLocalOptions } from './provider-options.ts';
import { collectorOf } from './usage-of-provider.ts';

const NAME = 'halyard-local';
const noContext: EvaluationContext = Object.freeze({});

function defaultLogger(debug: boolean): Logger {
  return pinoLogger({ name: NAME, level: debug ? 'debug' : 'info', load: () => import('pino') });
}

/** What a local provider has done since it was made. */
export interface LocalStats {
  /** Usage events: told, waiting, lost. All 0 if nothing is collected. */
  readonly events: { readonly sent: number; readonly left: number; readonly dropped: number };
}

function noFlags(): HalyardError {
  return new HalyardError('CLOSED', 'the provider has no flags: it has not started, or was closed');
}

/**
 * An OpenFeature provider for servers that evaluates flag files in process: GO Feature Flag's, or rulesets.
 *
 * @throws HalyardError `CONFIG_INVALID` from the constructor, with every fault of the options
 */
export class LocalProvider extends ServerProvider implements Provider {
  /** How the provider is doing: its state, source, version and age of the flags, last error. */
  readonly status: StatusMethod<LocalStatus>;
  readonly #engine: LocalEngine;
  readonly #usage: UsageCollector | undefined;
  readonly #announcements: ProviderAnnouncements;

  constructor(options: LocalProviderOptions = {}) {
    checkLocalOptions(options);
    const logger = guardedLogger(options.logger ?? defaultLogger(options.debug ?? false));
    const engine = createLocalEngine({ ...options, logger });
    const { initTimeoutMs = DEFAULT_START_MS, onInitFailure = 'serve' } = options;
    const announcements = new ProviderAnnouncements(logger);
    const usage = collectorOf(options, logger, announcements);
    super({ name: NAME, engine, clock: systemClock, usage, initTimeoutMs, onInitFailure });
    this.#engine = engine;
    this.#usage = usage;
    this.status = (() => engine.status()) as StatusMethod<LocalStatus>;
    this.#announcements = announcements;
    announcements.follow(engine);
  }

  /**
   * Evaluates one flag, at once. Never throws.
   *
   * @param flagKey a flag, or a way into the value of one: `my-config.ui.theme`
   * @param defaultValue served if there is no answer; its kind is the kind asked for, null asks for none
   * @param context `{}` by default
   */
  evaluate<T>(flagKey: string, defaultValue: T, context: EvaluationContext = noContext): Resolution<T> {
    const { flags } = this.#engine;
    const outcome = flags === undefined ? this.#engine.withoutFlags() : flagAnswer(flags, flagKey, context);
    const resolution = resolutionForDefault(outcome, defaultValue);
    this.#usage?.evaluated(flagKey, context, outcome, resolution);
    return resolution;
  }

  /**
   * Evaluates all flags, or those that `gofeatureflag.flagList` of the context names. Where the caller's default
   * would be served, the value is null. Nothing of this goes into the usage data.
   */
  evaluateAll(context: EvaluationContext = noContext): Readonly<Record<string, Resolution>> {
    return this.snapshot(context).toJSON();
  }

  /**
   * The answers of all flags for one context, from one state of the flags at one moment. Of these, what is read goes
   * into the usage data.
   */
  snapshot(context: EvaluationContext = noContext): Snapshot {
    const flags = this.#engine.flags;
    const outcomes = flags?.evaluateAll(context, instantOfMillis(systemClock.now())) ?? new Map<string, Outcome>();
    return snapshotOf(
      outcomes,
      (flagKey, outcome, resolution) => this.#usage?.evaluated(flagKey, context, outcome, resolution),
      flags && ((flagKey) => answerBeside(flags, outcomes, flagKey)),
    );
  }

  /** How an answer comes about, step by step. The trace holds attributes of the context: not for logs. */
  explain(flagKey: string, context: EvaluationContext = noContext, defaultValue: unknown = null): Explanation {
    const now = instantOfMillis(systemClock.now());
    const { flags } = this.#engine;
    const outcome = flags === undefined ? this.#engine.withoutFlags() : flagAnswer(flags, flagKey, context, now);
    const trace = flags === undefined ? [] : flags.explain(flagKeyOf(flags, flagKey), context, now);
    return Object.freeze({ resolution: resolutionForDefault(outcome, defaultValue), trace });
  }

  /**
   * Loads the flags now. Rejects with a HalyardError if that fails; the flags in force stay.
   *
   * @returns what changed
   */
  async reload(): Promise<readonly FlagChange[]> {
    return changesOfReload(this.#engine);
  }

  /**
   * Has every feature answer its baseline, whatever the rulesets say, until {@link deactivateKillSwitch}: at once, and
   * for later documents too. May be called before the first flags are there.
   *
   * @throws HalyardError `CONFIG_INVALID` if the flags in force are no rulesets
   */
  activateKillSwitch(): void {
    this.#engine.control({ killSwitch: true });
  }

  /**
   * Has every feature be evaluated, even if its ruleset says `kill_switch_active`.
   *
   * @throws HalyardError `CONFIG_INVALID` if the flags in force are no rulesets
   */
  deactivateKillSwitch(): void {
    this.#engine.control({ killSwitch: false });
  }

  /**
   * Changes to another ruleset of the document in force, for later documents too. Rejects with a HalyardError
   * `CONFIG_INVALID`, and changes nothing, if there is no such ruleset: the message lists those there are.
   */
  async switchRuleset(name: string): Promise<void> {
    if (this.#engine.board === undefined) throw noFlags();
    if (typeof name !== 'string') throw new HalyardError('CONFIG_INVALID', 'the name of a ruleset must be a text');
    this.#engine.control({ ruleset: name });
  }

  /**
   * What each feature of the active ruleset answers when it is off. Frozen.
   *
   * @throws HalyardError `CLOSED` while there are no flags, `CONFIG_INVALID` if they are no rulesets
   */
  getBaseline(): Readonly<Record<string, unknown>> {
    if (this.#engine.board === undefined) throw noFlags();
    return this.#engine.board.baseline;
  }

  /**
   * Sends the usage data that has gathered, now. Never rejects.
   *
   * @param options `deadlineMs`: how long to wait at most, 3,000 by default; sending goes on after that
   * @returns how many events arrived, and how many still wait
   */
  async flush(options?: { readonly deadlineMs?: number }): Promise<FlushResult> {
    return (await this.#usage?.flush(options)) ?? { sent: 0, left: 0 };
  }

  /** What the provider has done since it was made. */
  stats(): LocalStats {
    return { events: this.#usage?.stats() ?? { sent: 0, left: 0, dropped: 0 } };
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
  on<E extends keyof ProviderAnnouncement>(
    event: E,
    listener: (details: ProviderAnnouncement[E]) => unknown,
  ): () => void {
    return this.#announcements.on(event, listener);
  }
}
