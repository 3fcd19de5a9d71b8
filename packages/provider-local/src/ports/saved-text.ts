/** One text that is kept over a restart. */
export interface SavedText {
  /** Where it is, for messages. */
  readonly place: string;
  /** The text, undefined if there is none. Rejects if it cannot be read, or is somebody else's. */
  read(): Promise<string | undefined>;
  /** Replaces it, whole or not at all. */
  write(text: string): Promise<void>;
}
