import type { EvaluationContext } from '@halyard/core';

/** A context as the relay's own endpoints take it: the targeting key apart, all attributes in `custom`. */
export interface GoffContext {
  /** Absent where there is no targeting key. */
  readonly key?: string;
  readonly custom: Readonly<Record<string, unknown>>;
}

/**
 * A targeting key that is no text counts as none (goff-evaluation §8). One that is a text stands among the attributes
 * too: the relay would not find it there by itself, and a flag that asks for the attribute would have another answer
 * than elsewhere.
 */
export function goffContextOf(context: EvaluationContext): GoffContext {
  if (typeof context.targetingKey === 'string') return { key: context.targetingKey, custom: context };
  const { targetingKey: _none, ...custom } = context;
  return { custom };
}

/** The context that a request of the relay's own kind holds; the other direction of {@link goffContextOf}. */
export function contextOfGoff({ key, custom }: GoffContext): EvaluationContext {
  return key === undefined ? custom : { ...custom, targetingKey: key };
}
