import { HalyardError, isHalyardError, messageOf } from '@halyard/core';
import type { Source } from '../sources/source.ts';

/** Whatever a source or a decoder threw, as our error. */
export function loadFailure(source: Source, error: unknown): HalyardError {
  if (isHalyardError(error)) return error;
  return new HalyardError('SOURCE_UNAVAILABLE', `${source.describe()} cannot be loaded: ${messageOf(error)}`, {
    cause: error,
  });
}
