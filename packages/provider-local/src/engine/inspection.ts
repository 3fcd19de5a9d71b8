import type { Logger } from '@halyard/core';
import { readAllFlags } from '@halyard/core';
import type { Pause } from '../ports/pause.ts';
import type { BuiltSet, LocatedDiagnostic } from './set-builder.ts';
import { describeDiagnostic } from './describe-diagnostic.ts';

/** How many diagnostics of one load are logged one by one. */
const MOST_LOGGED = 20;

/**
 * Reads all flags of a set in slices and logs what is wrong with them. The first slice is read at once, so that a file
 * of usual size has been looked at by the time it is in force; the rest follows without holding up evaluations.
 */
export class Inspection {
  readonly #logger: Logger;
  #built: BuiltSet | undefined;
  #diagnostics: readonly LocatedDiagnostic[] | undefined;

  constructor(built: BuiltSet, logger: Logger) {
    this.#built = built;
    this.#logger = logger;
  }

  /** @param signal ends the reading, for a set that is no longer in force */
  async run(pause: Pause, signal: AbortSignal): Promise<void> {
    const built = this.#built;
    if (built === undefined) return;
    const reading = readAllFlags(built.set);
    while (reading.next().done !== true) {
      await pause();
      if (signal.aborted) return;
    }
    this.#log(this.diagnostics());
  }

  /** Everything there is to know about the flags. Reads those that were not read yet. */
  diagnostics(): readonly LocatedDiagnostic[] {
    this.#diagnostics ??= this.#built?.diagnostics() ?? [];
    // the texts of the documents are needed for places only
    this.#built = undefined;
    return this.#diagnostics;
  }

  #log(diagnostics: readonly LocatedDiagnostic[]): void {
    for (const diagnostic of diagnostics.slice(0, MOST_LOGGED)) this.#logger.warn(describeDiagnostic(diagnostic));
    const more = diagnostics.length - MOST_LOGGED;
    if (more > 0) this.#logger.warn(`… and ${more} more about these flags`);
  }
}
