import type { Logger } from '@halyard/core';
import type { BaseLogger } from 'pino';

/** Names under which credentials and personal data would stand, at any of the first levels of a logged object. */
const secretNames = ['apiKey', 'authorization', 'password', 'token', 'secret', 'context', 'targetingKey'];
const redacted = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * The default logger of a provider: pino, JSON lines on standard error, credentials and contexts blotted out.
 *
 * @param level `'info'`, or `'debug'` for more
 */
export async function pinoLogger(name: string, level: 'info' | 'debug'): Promise<Logger> {
  const { default: pino } = await import('pino');
  return loggerOver(pino({ name, level, redact: redacted }, pino.destination({ dest: 2, sync: true })));
}

/** OpenFeature's way of logging (message first, then details) on pino's (details first). */
function loggerOver(pino: BaseLogger): Logger {
  const at =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (...args: unknown[]): void => {
      const [message, ...details] = args;
      const error = details.find((detail) => detail instanceof Error);
      pino[level](error === undefined ? { details } : { err: error }, String(message));
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
