import type { Clock } from '@halyard/core';
import type { Source } from '../../sources/source.ts';
import type { FlagCache } from './flag-cache.ts';

/** What a LayeredSource is made of. */
export interface LayeredParts {
  readonly sources: readonly Source[];
  /** Flags of the sources as they last were. */
  readonly cache: FlagCache | undefined;
  /** Flags for when nothing else is there. */
  readonly bootstrap: Source | undefined;
  /** How long a layer may take before one below serves meanwhile, in milliseconds. */
  readonly slowAfterMs: number;
  readonly clock: Clock;
  /** Where warnings go. */
  readonly warnings: { warn: (message: string) => void };
  /** Makes another one of the same layers, with another `slowAfterMs`. */
  readonly another: (slowAfterMs: number) => Source;
}
