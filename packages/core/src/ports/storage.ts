/** Saved state that survives a restart: small texts under a key. */
export interface Storage {
  /** The text saved under `key`, undefined if there is none. */
  read(key: string, signal: AbortSignal): Promise<string | undefined>;
  /** Replaces the text under `key`, whole or not at all. */
  write(key: string, text: string, signal: AbortSignal): Promise<void>;
  remove(key: string, signal: AbortSignal): Promise<void>;
}
