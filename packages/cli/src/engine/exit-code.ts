import { isHalyardError } from '@halyard/core';

/** How the program ends: all was well, something was found to be wrong, it was used in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** The exit code for a command that failed. */
export function exitCodeOf(error: unknown): ExitCode {
  return isHalyardError(error) && error.code === 'CONFIG_INVALID' ? 2 : 1;
}
