/** A logger that keeps what it was told. */
export interface RecordingLogger {
  /** Level and message of every entry, in order. */
  readonly entries: readonly { readonly level: string; readonly message: string }[];
  error(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  info(...args: unknown[]): void;
  debug(...args: unknown[]): void;
}

export function recordingLogger(): RecordingLogger {
  const entries: { level: string; message: string }[] = [];
  const at =
    (level: string) =>
    (...args: unknown[]): void =>
      void entries.push({ level, message: args.map(String).join(' ') });
  return { entries, error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
