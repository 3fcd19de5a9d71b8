// The default logger of the server entries. Pino is loaded by the package that depends on it, when it first logs.
import type { Logger } from '../ports/logger.ts';
import { lazyLogger } from './lazy-logger.ts';

type Level = keyof Logger;

interface PinoStream {
  write(line: string): void;
}

/** What is needed of the module `pino`. */
export interface PinoModule {
  readonly default: {
    (
      options: { name: string; level: string; redact: string[] },
      stream: PinoStream,
    ): Record<Level, (fields: object, message: string) => void>;
    destination(options: { dest: number; sync: boolean }): PinoStream;
  };
}

/** How a default logger is made. */
export interface PinoLoggerOptions {
  /** Who logs. */
  readonly name: string;
  readonly level: 'info' | 'debug';
  /** `() => import('pino')`. */
  readonly load: () => Promise<PinoModule>;
  /** Standard error by default. */
  readonly destination?: PinoStream;
}

/** Names under which credentials and personal data would stand, at any of the first levels of what is logged. */
const secretNames = ['apiKey', 'authorization', 'password', 'token', 'secret', 'context', 'targetingKey'];
const redacted = secretNames.flatMap((name) => [
  `details[*].${name}`,
  `details[*].*.${name}`,
  `details[*].*.*.${name}`,
]);

/** Pino, JSON lines, credentials and contexts blotted out. Loaded with the first message. */
export function pinoLogger({ name, level, load, destination }: PinoLoggerOptions): Logger {
  return lazyLogger(async () => {
    const { default: pino } = await load();
    const stream = destination ?? pino.destination({ dest: 2, sync: true });
    return loggerOver(pino({ name, level, redact: redacted }, stream));
  });
}

/** OpenFeature's way of logging (message first, then details) on pino's (details first). */
function loggerOver(pino: Record<Level, (fields: object, message: string) => void>): Logger {
  const at =
    (level: Level) =>
    (...args: unknown[]): void => {
      const [message, ...rest] = args;
      const error = rest.find((detail) => detail instanceof Error);
      const details = rest.filter((detail) => detail !== error);
      const fields = { ...(details.length > 0 && { details }), ...(error !== undefined && { err: error }) };
      pino[level](fields, String(message));
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
