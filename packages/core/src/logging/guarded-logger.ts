import type { Logger } from '../ports/logger.ts';

/** A logger that never throws: one that fails must not cost anybody their flags. */
export function guardedLogger(logger: Logger): Logger {
  const guarded =
    (level: keyof Logger) =>
    (...args: unknown[]): void => {
      try {
        const result: unknown = logger[level](...args);
        if (result instanceof Promise) result.catch(() => undefined);
      } catch {
        // there is nowhere to tell
      }
    };
  return { error: guarded('error'), warn: guarded('warn'), info: guarded('info'), debug: guarded('debug') };
}
