import type { Clock, FlagSet } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { Pause } from '../ports/pause.ts';
import { describeDiagnostic } from './describe-diagnostic.ts';
import type { BuiltSet } from './set-builder.ts';

/** So many flags that are refused are read without a pause. */
const SLICE = 100;

/** What comes of putting a set in the place of another. */
export interface Replacement {
  /** Where the new flags are from, for messages and to tell sources apart. */
  readonly from: string;
  /** How long that source must have none before it is believed, in milliseconds. */
  readonly emptyAfterMs: number;
  readonly before: FlagSet | undefined;
  readonly after: BuiltSet;
  /** Whether something else may serve if there are no flags in force and the new set is not taken. */
  readonly hasAlternative: boolean;
}

/**
 * From flags to no flags at all is most often somebody's accident: a relay that lost its file, a table that is just
 * being filled, a file that was cut off. It is believed only when it lasts; of a document that has flags, none of which
 * can be used, never. Where nothing would be lost, it is believed at once.
 */
export class EmptinessGuard {
  readonly #clock: Clock;
  readonly #pause: Pause;
  /** When a source first said so, on the monotonic clock. */
  readonly #emptySince = new Map<string, number>();

  constructor({ clock, pause }: { readonly clock: Clock; readonly pause: Pause }) {
    this.#clock = clock;
    this.#pause = pause;
  }

  /**
   * Looks at a new set before it is put in force.
   *
   * @throws HalyardError `SOURCE_INVALID` if it is not believed, or not yet
   */
  async check({ from, emptyAfterMs, before, after, hasAlternative }: Replacement): Promise<void> {
    if (await this.#hasFlags(after.set)) return this.heardFlagsOf(from);
    const hasMuchToLose = hasAlternative || (before !== undefined && (await this.#hasFlags(before)));
    if (!hasMuchToLose) return this.heardFlagsOf(from);
    if (after.set.size > 0) throw noFlags(`${from} has no flag that can be used${firstFaultOf(after)}`);
    const now = this.#clock.elapsed();
    const since = this.#emptySince.get(from) ?? now;
    this.#emptySince.set(from, since);
    if (now - since >= emptyAfterMs) return;
    throw noFlags(`${from} has no flags at all, which is not believed before ${emptyAfterMs} ms have passed`);
  }

  /** A source has flags, so that the next time without them is the first. */
  heardFlagsOf(source: string): void {
    this.#emptySince.delete(source);
  }

  /** Whether any flag can be evaluated; most often the first can. */
  async #hasFlags(set: FlagSet): Promise<boolean> {
    let refused = 0;
    for (const { decision } of set.entries()) {
      if (decision !== undefined) return true;
      if (++refused % SLICE === 0) await this.#pause();
    }
    return false;
  }
}

/** One of the faults is enough to know where to begin. */
function firstFaultOf(built: BuiltSet): string {
  const fault = built.diagnostics().find(({ severity }) => severity === 'error');
  return fault === undefined ? '' : `: ${describeDiagnostic(fault)}`;
}

function noFlags(message: string): HalyardError {
  return new HalyardError('SOURCE_INVALID', message, { details: { usableFlags: 0 } });
}

/** Whether a set was not put in force because it has no flags. */
export function saysThereAreNoFlags({ details }: HalyardError): boolean {
  return details['usableFlags'] === 0;
}
