import type { HalyardError } from '@halyard/core';

interface Common {
  /** When this state began, in milliseconds since 1970. */
  readonly since: number;
  /** The source in a few words. */
  readonly source: string;
}

interface Serving extends Common {
  /** The source's version of the flags in force. */
  readonly version: string;
  /** Milliseconds since the source last confirmed these flags. */
  readonly ageMs: number;
}

/** How a local provider is doing. */
export type LocalStatus =
  | (Common & { readonly state: 'starting' | 'closed' })
  | (Serving & { readonly state: 'ready'; readonly lastError?: HalyardError })
  | (Serving & { readonly state: 'stale'; readonly lastError: HalyardError })
  | (Common & { readonly state: 'failed'; readonly lastError: HalyardError });
