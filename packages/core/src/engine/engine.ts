import type { EvaluationContext } from '../context/evaluation-context.ts';
import type { HalyardError } from '../errors/halyard-error.ts';
import type { Outcome } from '../resolution/outcome.ts';

/** One flag whose definition changed; undefined where it did not or does not exist. */
export interface FlagChange {
  readonly flag: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What an engine announces. State changes first, the announcement follows. */
export type EngineEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'stale'; readonly message: string }
  /** Something failed that evaluation does not depend on yet: the last state goes on serving. */
  | { readonly type: 'failure'; readonly error: HalyardError }
  /** `layer`: where the flags are from now, of a source in layers. */
  | { readonly type: 'changed'; readonly changes: readonly FlagChange[]; readonly layer?: string };

/**
 * What decides flags behind a provider. The faces for the two OpenFeature SDKs know engines only by this contract and
 * have no branch about flags themselves.
 */
export interface Engine {
  /**
   * Starts, or starts again after `stop`.
   *
   * @param signal gives up waiting; the engine goes on trying unless it is stopped
   * @returns settles when the first usable state is there, or cannot be had for now
   */
  start(signal: AbortSignal): Promise<void>;
  /**
   * Answers from the current state, at once. Never throws; without a state the answer is PROVIDER_NOT_READY.
   *
   * @param context one that `checkContext` let pass; so are those of the other methods
   */
  resolve(key: string, context: EvaluationContext): Outcome;
  /** Answers at once if it can, else after asking elsewhere, for engines that may have to. Never rejects. */
  prepare?(key: string, context: EvaluationContext): Outcome | Promise<Outcome>;
  /** Tells an engine that is bound to one context which one. */
  follow?(context: EvaluationContext): Promise<void>;
  /** @returns takes the listener off again */
  on(listener: (event: EngineEvent) => void): () => void;
  /**
   * Lets go of everything. Idempotent.
   *
   * @param failure why the engine is given up; without one it is closed
   */
  stop(failure?: HalyardError): Promise<void>;
}
