import type { Outcome } from '@halyard/core';
import { errorOutcome } from '@halyard/core';

/** What every flag answers while the provider is not at work. */
export const notReady: Outcome = errorOutcome(
  'PROVIDER_NOT_READY',
  'the provider asks no relay: it has not started, or was closed',
);
