import { HalyardError, isHalyardError, messageOf } from '@halyard/core';

/** Whatever a source or a decoder threw, as our error. */
export function loadFailure(name: string, error: unknown): HalyardError {
  if (isHalyardError(error)) return error;
  return new HalyardError('SOURCE_UNAVAILABLE', `${name} cannot be loaded: ${messageOf(error)}`, { cause: error });
}
