import type {
  ControlBoard,
  Engine,
  EngineEvent,
  EvaluationContext,
  FlagChange,
  FlagControls,
  FlagSet,
  HalyardError,
  Outcome,
} from '@halyard/core';
import { HalyardError as Failure, Listeners, orAborted } from '@halyard/core';
import type { LoadedFlags, Standing } from '../sources/source.ts';
import { checkedFlagAnswer } from './flag-answer.ts';
import { Condition } from './condition.ts';
import { EmptinessGuard } from './emptiness-guard.ts';
import { EnrichedDialects } from './enriched-dialects.ts';
import type { InForce } from './in-force.ts';
import { ageOf, boardOf, inForceNow } from './in-force.ts';
import { Inspection } from './inspection.ts';
import { failureAbove, layerInForce } from './layer-in-force.ts';
import type { LocalEngineParts } from './local-engine-parts.ts';
import { NotReady } from './not-ready.ts';
import { nameOf } from './source-name.ts';
import type { LocatedDiagnostic } from './set-builder.ts';
import { buildSet, rearranged } from './set-builder.ts';
import { SourceFollower } from './source-follower.ts';
import type { LocalStatus } from './status.ts';
import { statusOf } from './status.ts';

/** Decides flags in process, from a source that it follows. */
export class LocalEngine implements Engine {
  readonly #parts: LocalEngineParts;
  readonly #name: string;
  readonly #listeners: Listeners<EngineEvent>;
  readonly #condition: Condition;
  #inForce: InForce | undefined;
  #follower: SourceFollower | undefined;
  #controls: FlagControls;
  readonly #emptiness: EmptinessGuard;
  readonly #dialects: EnrichedDialects;
  readonly #notReady = new NotReady();
  #inspecting = new AbortController();

  constructor(parts: LocalEngineParts) {
    this.#parts = parts;
    this.#name = nameOf(parts.source);
    this.#listeners = new Listeners(parts.logger);
    this.#controls = parts.controls ?? {};
    this.#emptiness = new EmptinessGuard(parts);
    this.#dialects = new EnrichedDialects([parts.dialect, ...(parts.alternatives ?? [])], parts.enrichedBy);
    parts.source.layering?.warnBy((message) => parts.logger.warn(message));
    const announce = (event: EngineEvent): void => this.#listeners.announce(event);
    this.#condition = new Condition({ ...parts, name: this.#name, announce });
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
    this.#condition.happened('start');
    const isFirst = this.#follower === undefined;
    const follower = (this.#follower ??= this.#follow());
    try {
      await orAborted(isFirst ? follower.start() : follower.refresh(), signal);
    } catch (error) {
      // a start that was closed meanwhile has nothing to say about the next one
      if (this.#follower === follower) this.#condition.happened('unusable');
      throw error;
    }
  }

  resolve(key: string, context: EvaluationContext): Outcome {
    return this.#inForce === undefined ? this.withoutFlags() : checkedFlagAnswer(this.#inForce.set, key, context);
  }

  /** What every flag answers while there are none. */
  withoutFlags(): Outcome {
    return this.#notReady.outcome(this.#condition.lastError);
  }

  /** Loads now, without waiting for a notice or a poll. Rejects if that fails; the flags in force stay. */
  async reload(): Promise<void> {
    if (this.#follower === undefined) throw new Failure('CLOSED', 'the provider has not started, or was closed');
    await this.#follower.refresh();
  }

  /** What can be controlled in the documents in force; undefined before the first load and after `stop`. */
  get board(): ControlBoard | undefined {
    return this.#inForce && boardOf(this.#inForce);
  }

  /**
   * Says something about the documents, over what they say themselves and over what was said before. It holds for
   * later documents too; state changes at once.
   *
   * @throws HalyardError `CONFIG_INVALID`, with nothing changed, if the documents in force have no such thing
   */
  control(change: FlagControls): void {
    const controls = { ...this.#controls, ...change };
    const inForce = this.#inForce;
    if (inForce !== undefined) {
      const { set, changes, board } = rearranged(inForce.set, boardOf(inForce), controls);
      this.#inForce = { ...inForce, set, board };
      this.#controls = controls;
      return this.#announceChanges(changes);
    }
    this.#controls = controls;
  }

  diagnostics(): readonly LocatedDiagnostic[] {
    return this.#inForce?.inspection.diagnostics() ?? [];
  }

  async stop(failure?: HalyardError): Promise<void> {
    this.#condition.ended(failure);
    const released = this.#follower?.stop();
    this.#follower = undefined;
    this.#inspecting.abort();
    this.#inForce = undefined;
    await released;
  }

  status(): LocalStatus {
    const { source, clock } = this.#parts;
    const { state, since, lastError } = this.#condition;
    return statusOf({
      ...{ state, since, source: this.#name, lastError },
      ...(source.layering !== undefined && { layers: source.layering.status() }),
      serving: this.#inForce && { version: this.#inForce.set.version, ageMs: ageOf(this.#inForce, clock) },
    });
  }

  #follow(): SourceFollower {
    const { source, clock, random, pollIntervalMs, logger } = this.#parts;
    const events = {
      apply: (loaded: LoadedFlags) => this.#apply(loaded),
      confirmed: () => this.#confirmed(),
      failed: (error: HalyardError) => this.#condition.failed(error, this.#inForce !== undefined),
    };
    return new SourceFollower({ source, name: this.#name, clock, random, pollIntervalMs, logger, events });
  }

  async #apply(loaded: LoadedFlags): Promise<void> {
    const { source, pause, clock, logger, unwanted } = this.#parts;
    const follower = this.#follower;
    const previous = this.#inForce?.set;
    const controls = this.#controls;
    const candidates = this.#dialects.with(loaded.enrichment);
    // an error page must not replace flags; but no flags say nothing, and saved ones only stand in
    const isPinned = this.#inForce !== undefined && !this.#inForce.isSaved && this.#inForce.set.size > 0;
    const built = await buildSet(loaded, { previous, isPinned, controls, candidates, unwanted, pause });
    await this.#emptiness.check({ ...this.#standingOf(loaded), before: previous, after: built });
    if (follower !== this.#follower || follower === undefined) return;
    // controlled meanwhile: what was built is of the past
    if (controls !== this.#controls) return this.#apply(loaded);
    this.#inspecting.abort();
    this.#inspecting = new AbortController();
    const inspection = new Inspection(built, logger);
    this.#inForce = inForceNow(built, inspection, loaded, clock);
    source.layering?.accepted(loaded);
    if (controls.killSwitch === true && built.board === undefined) {
      logger.warn('the kill switch is on, but these flags are no rulesets: it switches nothing off');
    }
    const layer = layerInForce(source);
    inspection.run(pause, this.#inspecting.signal).catch((error: unknown) => logger.error('inspection failed', error));
    logger.info(`${built.set.size} flags from ${layer ?? this.#name}, ${built.changes.length} changed`);
    this.#condition.recovered();
    if (this.#inForce.isSaved) this.#condition.outdatedBy(failureAbove(source));
    if (previous !== undefined) this.#announceChanges(built.changes);
  }

  #standingOf(loaded: LoadedFlags): Standing {
    const { layering, emptyAfterMs = 0 } = this.#parts.source;
    return layering?.standing(loaded) ?? { from: this.#name, emptyAfterMs, hasAlternative: false };
  }

  #announceChanges(changes: readonly FlagChange[]): void {
    if (changes.length === 0) return;
    const layer = layerInForce(this.#parts.source);
    this.#listeners.announce({ type: 'changed', changes, ...(layer !== undefined && { layer }) });
  }

  #confirmed(): void {
    const { source } = this.#parts;
    if (this.#inForce === undefined) return;
    if (this.#inForce.set.size > 0) this.#emptiness.heardFlagsOf(layerInForce(source) ?? this.#name);
    if (this.#inForce.isSaved) return this.#condition.blames(failureAbove(source));
    this.#inForce = { ...this.#inForce, confirmedAt: this.#parts.clock.elapsed() };
    this.#condition.recovered();
  }
}
