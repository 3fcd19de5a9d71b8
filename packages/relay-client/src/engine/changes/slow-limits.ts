import type { BackoffLimits } from '@halyard/core';

/**
 * How long a relay that refuses the key, or has not got what is asked for, is left alone: about a minute, later up to
 * five. Somebody may mend it, so it is asked for ever.
 */
export const slowLimits: BackoffLimits = { initialMs: 80_000, maxMs: 300_000 };
