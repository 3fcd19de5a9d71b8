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
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires when the program is asked to stop. */
  readonly signal: AbortSignal;
  /** The version of the package. */
  readonly version: string;
}
