import type { HalyardError } from '@halyard/core';

/** How a document is written. */
export type DocumentFormat = 'yaml' | 'json' | 'toml';

/** Flags as somebody stores them: a text in a format, or definitions as JavaScript objects. */
export type FlagDocument =
  | { readonly origin: string; readonly format: DocumentFormat; readonly text: string }
  | { readonly origin: string; readonly definitions: Readonly<Record<string, unknown>> };

/** What a source has. */
export interface LoadedFlags {
  /** Changes when the flags change and only then: a content hash, an ETag, a revision. */
  readonly version: string;
  /** In order: a flag of a later document replaces the same flag of an earlier one. */
  readonly documents: readonly FlagDocument[];
  /** Attributes to merge over every context, below those of the option `contextEnrichment`. None by default. */
  readonly enrichment?: Readonly<Record<string, unknown>>;
  /** Whether they are part of the program. Only then may rulesets be in the short form, feature to baseline. */
  readonly builtIn?: boolean;
  /** Set if these flags are not current: saved at an earlier time, or built in. The provider is STALE with them. */
  readonly saved?: {
    /** When they were, in milliseconds since 1970. */
    readonly at?: number;
  };
}

/** One of several sources that stand in for each other; `since` in milliseconds since 1970. */
export type LayerStatus =
  /** Its flags are in force. With an error: it fails since, and they stay. */
  | { readonly source: string; readonly state: 'inForce'; readonly since: number; readonly error?: HalyardError }
  /** Why its flags are not in force, although it counts more than the one that is. */
  | { readonly source: string; readonly state: 'failed'; readonly since: number; readonly error: HalyardError }
  /** It was asked and has not answered. */
  | { readonly source: string; readonly state: 'loading'; readonly since: number }
  /** Not needed so far. */
  | { readonly source: string; readonly state: 'standby' };

/** Where flags of a source of several layers are from. */
export interface Standing {
  /** The layer's name. */
  readonly from: string;
  /** The layer's own {@link Source.emptyAfterMs}. */
  readonly emptyAfterMs: number;
  /** Whether other layers may have flags if these are refused. */
  readonly hasAlternative: boolean;
}

/** What a provider and a source of several layers tell each other. */
export interface Layering {
  /** The layers, the one that counts most first. */
  status(): readonly LayerStatus[];
  /** Where the flags that were loaded last are from; undefined for others. */
  standing(loaded: LoadedFlags): Standing | undefined;
  /** The flags that were loaded last are in force. */
  accepted(loaded: LoadedFlags): void;
  /** They cannot be used. Returns whether loading again, at once, may give others. */
  refused(loaded: LoadedFlags, error: HalyardError): boolean;
  /** Where to say what does not concern the flags in force. */
  warnBy(warn: (message: string) => void): void;
  /** Nobody follows the source any more: gives up what is under way. Resolves when nothing is left to be saved. */
  release(): Promise<void>;
}

/** Where flags come from. Write your own by implementing this. */
export interface Source {
  /**
   * Reads the flags.
   *
   * @param previousVersion the version in force, undefined at first
   * @returns `'unchanged'` if the flags are still those of `previousVersion`
   * @throws whatever went wrong; the flags in force stay
   */
  load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'>;
  /** Calls back whenever the flags may have changed, until the signal fires. Too often does no harm. */
  watch?(onChange: () => void, signal: AbortSignal): void | Promise<void>;
  /** The source in a few words, for logs and `status()`. No credentials. */
  describe(): string;
  /**
   * Tells apart sources that describe themselves alike but have different flags, by a key for instance: a digest, so that
   * no secret is in it. What is saved of one is not served for another.
   */
  readonly fingerprint?: string;
  /** How often to look for changes that `watch` may have missed, in milliseconds; 0 or none: never. */
  readonly pollIntervalMs?: number;
  /** How long a text must have stayed the same before it counts as written to its end, in milliseconds; 0 by default. */
  readonly settleMs?: number;
  /**
   * How long the source must say that there are no flags at all before that is believed where there were some, in
   * milliseconds; 0 by default.
   */
  readonly emptyAfterMs?: number;
  /** What sources have that are made of several, of which one is in force. */
  readonly layering?: Layering;
  /**
   * A source of the same flags for one provider alone; for sources that remember what they have given.
   *
   * @param startWithinMs how long that provider waits for flags at its start
   */
  forOne?(startWithinMs: number): Source;
}
