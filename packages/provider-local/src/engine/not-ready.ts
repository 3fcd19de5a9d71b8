import type { Outcome } from '@halyard/core';
import { errorOutcome } from '@halyard/core';

/** What every flag answers while there are no flags. */
export const notReady: Outcome = errorOutcome(
  'PROVIDER_NOT_READY',
  'the provider has no flags: it has not started, or was closed',
);
