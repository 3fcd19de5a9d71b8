// The answers of a set of flags, where a key may also lead into the value of a flag: `my-config.ui.theme`.
import type { EvaluationContext, FlagSet, Instant, Outcome } from '@halyard/core';
import type { ValuePath } from './value-path.ts';
import { outcomeAt, valuePathOf } from './value-path.ts';

/** @returns undefined where the key leads into no flag, or into one that is refused */
function inside(flags: FlagSet, key: string, outcomeOf: (flagKey: string) => Outcome): Outcome | undefined {
  const place = placeIn(flags, key);
  if (place === undefined || flags.entry(place.flagKey)?.decision === undefined) return undefined;
  return outcomeAt(outcomeOf(place.flagKey), place);
}

/** A flag with a dot in its key comes before a way into another one, even if it is refused. */
function placeIn(flags: FlagSet, key: string): ValuePath | undefined {
  if (flags.entry(key) !== undefined) return undefined;
  return valuePathOf(key, (flagKey) => flags.entry(flagKey) !== undefined);
}

const mayLeadInside = ({ resolution }: Outcome, key: string): boolean =>
  resolution.errorCode === 'FLAG_NOT_FOUND' && typeof key === 'string' && key.includes('.');

/** The answer for any context. */
export function flagAnswer(flags: FlagSet, key: string, context: EvaluationContext, now?: Instant): Outcome {
  const outcome = flags.evaluate(key, context, now);
  if (!mayLeadInside(outcome, key)) return outcome;
  return inside(flags, key, (flagKey) => flags.evaluate(flagKey, context, now)) ?? outcome;
}

/** The answer for a context that `checkContext` let pass. */
export function checkedFlagAnswer(flags: FlagSet, key: string, checked: EvaluationContext): Outcome {
  const outcome = flags.decide(key, checked);
  if (!mayLeadInside(outcome, key)) return outcome;
  return inside(flags, key, (flagKey) => flags.decide(flagKey, checked)) ?? outcome;
}

/** The answer for a key that is not among those that were evaluated at once. */
export function answerBeside(flags: FlagSet, outcomes: ReadonlyMap<string, Outcome>, key: string): Outcome {
  const place = placeIn(flags, key);
  const outcome = place && outcomes.get(place.flagKey);
  return place === undefined || outcome === undefined ? flags.missing(key) : outcomeAt(outcome, place);
}

/** The key of the flag that a key names, or leads into. */
export function flagKeyOf(flags: FlagSet, key: string): string {
  return placeIn(flags, key)?.flagKey ?? key;
}
