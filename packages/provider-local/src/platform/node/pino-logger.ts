import type { Logger } from '@halyard/core';
import type { BaseLogger, DestinationStream } from 'pino';

/** Names under which credentials and personal data would stand, at any of the first levels of what is logged. */
const secretNames = ['apiKey', 'authorization', 'password', 'token', 'secret', 'context', 'targetingKey'];
const redacted = secretNames.flatMap((name) => [
  `details[*].${name}`,
  `details[*].*.${name}`,
  `details[*].*.*.${name}`,
]);

/**
 * The default logger of a provider: pino, JSON lines, credentials and contexts blotted out.
 *
 * @param level `'info'`, or `'debug'` for more
 * @param destination standard error by default
 */
export async function pinoLogger(
  name: string,
  level: 'info' | 'debug',
  destination?: DestinationStream,
): Promise<Logger> {
  const { default: pino } = await import('pino');
  return loggerOver(pino({ name, level, redact: redacted }, destination ?? pino.destination({ dest: 2, sync: true })));
}

/** OpenFeature's way of logging (message first, then details) on pino's (details first). */
function loggerOver(pino: BaseLogger): Logger {
  const at =
    (level: keyof Logger) =>
    (...args: unknown[]): void => {
      const [message, ...rest] = args;
      const error = rest.find((detail) => detail instanceof Error);
      const details = rest.filter((detail) => detail !== error);
      const fields = { ...(details.length > 0 && { details }), ...(error !== undefined && { err: error }) };
      pino[level](fields, String(message));
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
