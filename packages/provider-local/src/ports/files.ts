export interface FileContent {
  readonly text: string;
  /** A short text that is different for different contents. */
  readonly fingerprint: string;
}

/** The file system, as far as flag files need it. */
export interface Files {
  /** Reads a file. Rejects if it cannot be read, is not UTF-8, or is too large. */
  read(path: string, signal: AbortSignal): Promise<FileContent>;
  /** Whether something readable is there. */
  exists(path: string): Promise<boolean>;
  /** The path seen from the root, so that it stays the same when the working directory changes. */
  absolute(path: string): string;
  /** Calls back when something in the folder of `path` changes, until the signal fires. May miss changes. */
  watchFolderOf(path: string, onChange: () => void, signal: AbortSignal): void;
}
