import type { Clock, Dialect, FlagControls, Logger, Random } from '@halyard/core';
import type { Pause } from '../ports/pause.ts';
import type { Source } from '../sources/source.ts';
import type { Dialects } from './enriched-dialects.ts';

/** What a local engine is made of. */
export interface LocalEngineParts {
  readonly source: Source;
  /** The dialect of the documents. */
  readonly dialect: Dialect;
  /** Dialects they may be in instead, by their shape. None by default. */
  readonly alternatives?: readonly Dialect[];
  /** Dialects they may not be in, to know them by. None by default. */
  readonly unwanted?: readonly Dialect[];
  /** All of them, for a source that wants attributes merged over contexts. None: such attributes are left out. */
  readonly enrichedBy?: (enrichment: Readonly<Record<string, unknown>>) => Dialects;
  /** What is said about documents from the beginning. Nothing by default. */
  readonly controls?: FlagControls;
  readonly clock: Clock;
  readonly random: Random;
  readonly pause: Pause;
  readonly logger: Logger;
  /** 0: never. */
  readonly pollIntervalMs: number;
  /** How long the source may fail before the flags count as stale, in milliseconds. */
  readonly staleAfterMs: number;
}
