import type { HalyardError, Outcome } from '@halyard/core';
import { errorOutcome } from '@halyard/core';

const notStarted: Outcome = errorOutcome(
  'PROVIDER_NOT_READY',
  'the provider has no flags: it has not started, or was closed',
);

/** What every flag answers while there are no flags. */
export class NotReady {
  #why: HalyardError | undefined;
  #outcome = notStarted;

  /** @param why why there are none, as far as that is known */
  outcome(why: HalyardError | undefined): Outcome {
    if (why !== this.#why) {
      this.#why = why;
      this.#outcome =
        why === undefined
          ? notStarted
          : errorOutcome('PROVIDER_NOT_READY', `the provider has no flags: ${why.message}`);
    }
    return this.#outcome;
  }
}
