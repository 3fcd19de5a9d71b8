import { runCommand } from '../engine/run-command.ts';
import type { ExitCode } from '../engine/exit-code.ts';
import { tokenize } from '../platform/node/command-line.ts';
import { writeWhole } from '../platform/node/file-writing.ts';
import type { Host } from '../ports/host.ts';

/**
 * Runs the command `halyard` with its arguments, as in `['serve', 'flags.yaml']`. `serve` runs until the signal of the
 * host fires.
 *
 * @returns the exit code: 0 all was well, 1 something was found to be wrong, 2 it was used in a wrong way
 */
export function runHalyard(args: readonly string[], host: Host): Promise<ExitCode> {
  return runCommand(args, host, { tokenize, write: writeWhole });
}
