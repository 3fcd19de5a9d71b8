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
  /** How often to look for changes that `watch` may have missed, in milliseconds; 0 or none: never. */
  readonly pollIntervalMs?: number;
  /** How long a text must have stayed the same before it counts as written to its end, in milliseconds; 0 by default. */
  readonly settleMs?: number;
}
