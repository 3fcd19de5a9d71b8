/** The file system, as far as flag files need it. */
export interface Files {
  /** The text of a file. Rejects if it cannot be read, is not UTF-8, or is too large. */
  read(path: string, signal: AbortSignal): Promise<string>;
  /** Whether something readable is there. */
  exists(path: string): Promise<boolean>;
  /** Calls back when something in the folder of `path` changes, until the signal fires. May miss changes. */
  watchFolderOf(path: string, onChange: () => void, signal: AbortSignal): void;
  /** A short text that is different for different contents. */
  fingerprint(text: string): string;
}
