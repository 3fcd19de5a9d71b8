import type { HalyardError } from '@halyard/core';
import type { FollowedBy } from '@halyard/relay-client';

interface Common {
  /** When this state began, in milliseconds since 1970. */
  readonly since: number;
  /** The relay: scheme, host and port. */
  readonly source: string;
}

interface Serving extends Common {
  /** The relay's hash of its flags as last seen; absent before the first, and where the relay gives none. */
  readonly version?: string;
  /** Milliseconds since the relay last answered. */
  readonly ageMs: number;
  /** How changes are learnt now. */
  readonly changes: FollowedBy;
}

/** How a remote provider is doing. */
export type RemoteStatus =
  | (Common & { readonly state: 'starting' | 'closed' })
  | (Serving & { readonly state: 'ready'; readonly lastError?: HalyardError })
  | (Serving & { readonly state: 'stale'; readonly lastError: HalyardError })
  | (Common & { readonly state: 'failed'; readonly lastError: HalyardError });
