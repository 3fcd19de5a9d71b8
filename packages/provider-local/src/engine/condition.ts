import type { Clock, EngineEvent, HalyardError, LifecycleEvent, LifecycleState, Logger, Timer } from '@halyard/core';
import { transitionOf } from '@halyard/core';

/** So many troubles are told while nothing works. */
const MOST_TOLD = 100;

/** What a condition is told and tells with. */
interface ConditionParts {
  /** The name of the source, for messages. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long the source may fail before the flags count as stale, in milliseconds. */
  readonly staleAfterMs: number;
  announce(event: EngineEvent): void;
}

/** How an engine is doing: its state, since when, the last error, and when the flags begin to be stale. */
export class Condition {
  readonly #parts: ConditionParts;
  #state: LifecycleState = 'starting';
  #since: number;
  #lastError: HalyardError | undefined;
  /** The troubles that were told since it last worked. */
  readonly #told = new Set<string>();
  #staleTimer: Timer | undefined;

  constructor(parts: ConditionParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** When the state began, in milliseconds since 1970. */
  get since(): number {
    return this.#since;
  }

  get lastError(): HalyardError | undefined {
    return this.#lastError;
  }

  happened(event: LifecycleEvent): void {
    const transition = transitionOf(this.#state, event);
    if (transition === undefined) return;
    const { clock, announce } = this.#parts;
    this.#state = transition.to;
    this.#since = clock.now();
    if (transition.announce === 'ready') announce({ type: 'ready' });
    if (transition.announce === 'stale') {
      announce({ type: 'stale', message: this.#lastError?.message ?? 'the source fails' });
    }
  }

  recovered(): void {
    this.#forgetTimer();
    if (this.#lastError !== undefined) this.#parts.logger.info(`${this.#parts.name} works again`);
    this.#lastError = undefined;
    this.#told.clear();
    this.happened('usable');
  }

  /** @param hasFlags whether flags are in force, which stay and are stale after a while */
  failed(error: HalyardError, hasFlags: boolean): void {
    const { clock, logger, staleAfterMs, announce } = this.#parts;
    const isNews = this.#isNews(error);
    this.#lastError = error;
    if (hasFlags) this.#staleTimer ??= clock.startTimer(staleAfterMs, () => this.happened('outdated'));
    if (!isNews) return;
    logger.warn(hasFlags ? `${error.message}; the flags in force stay` : error.message);
    announce({ type: 'failure', error });
  }

  /** Every fault of a document is worth a line; a source that is away has many ways to be so, which take turns. */
  #isNews({ code, message }: HalyardError): boolean {
    const what = code === 'SOURCE_INVALID' ? message : code;
    if (this.#told.has(what) || this.#told.size === MOST_TOLD) return false;
    this.#told.add(what);
    return true;
  }

  /** Saved flags serve, and are stale from the beginning; said once the SDK has taken note of the start. */
  outdatedBy(error: HalyardError | undefined): void {
    this.blames(error);
    this.#staleTimer = this.#parts.clock.startTimer(0, () => this.happened('outdated'), 'holds the process');
  }

  /** Why saved flags serve, as it is known now; whoever warns has done so. */
  blames(error: HalyardError | undefined): void {
    this.#lastError = error;
  }

  /** @param failure why the engine is given up; without one it is closed */
  ended(failure: HalyardError | undefined): void {
    this.happened(failure === undefined ? 'close' : 'unusable');
    this.#forgetTimer();
    this.#told.clear();
    this.#lastError = failure;
  }

  #forgetTimer(): void {
    this.#staleTimer?.cancel();
    this.#staleTimer = undefined;
  }
}
