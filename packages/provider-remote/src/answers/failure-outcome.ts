import type { Outcome } from '@halyard/core';
import { errorOutcome, isHalyardError, openFeatureCodeOf } from '@halyard/core';

/** What a flag answers when its relay could not be asked. */
export function failureOutcome(error: unknown): Outcome {
  if (!isHalyardError(error)) return errorOutcome('GENERAL', 'the relay was not asked');
  return errorOutcome(openFeatureCodeOf(error.code), error.message);
}
