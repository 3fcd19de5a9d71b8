import type { LifecycleState } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { LayerStatus } from '../sources/source.ts';

interface Common {
  /** When this state began, in milliseconds since 1970. */
  readonly since: number;
  /** The source in a few words. */
  readonly source: string;
  /** Of a source in layers: which of them is in force, and why those above it are not. */
  readonly layers?: readonly LayerStatus[];
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

/** What a status is made of; `version` and `ageMs` while there are flags in force. */
interface StatusParts extends Common {
  readonly state: LifecycleState;
  readonly serving: Pick<Serving, 'version' | 'ageMs'> | undefined;
  readonly lastError: HalyardError | undefined;
}

/** The status with only what its state has. */
export function statusOf({ state, serving: inForce, lastError, ...common }: StatusParts): LocalStatus {
  const error = lastError ?? new HalyardError('SOURCE_UNAVAILABLE', 'the source has not answered yet');
  if (state === 'failed') return { ...common, state, lastError: error };
  if (state === 'starting' || state === 'closed' || inForce === undefined) {
    return { ...common, state: state === 'closed' ? 'closed' : 'starting' };
  }
  const serving = { ...common, ...inForce };
  if (state === 'stale') return { ...serving, state, lastError: error };
  return { ...serving, state, ...(lastError !== undefined && { lastError }) };
}
