/** Where text goes. */
export interface Output {
  write(text: string): unknown;
  /** Whether people look at it. */
  readonly isTTY?: boolean | undefined;
}

/** What the command line has around it. */
export interface Host {
  readonly stdout: Output;
  readonly stderr: Output;
  /** What is read where a file is called `-`. It should end with an error when the signal fires. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires when the program is asked to stop. */
  readonly signal: AbortSignal;
  /** The version of the package. */
  readonly version: string;
}
