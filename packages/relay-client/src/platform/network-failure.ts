import type { TransportRequest } from '@halyard/core';
import { HalyardError, isHalyardError, messageOf } from '@halyard/core';
import { withoutSecrets } from './secret-texts.ts';

/** What the codes of network errors mean; for others the error's own message says it. */
const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'connecting took too long',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
};

const endedByTheOtherSide = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
const DEEPEST_CAUSE = 5;
const LONGEST_MESSAGE = 200;

/** The error with a code that is behind an error: fetch wraps them, and trying several addresses bundles them. */
function rootOf(error: unknown): { readonly code?: string; readonly message: string } {
  let current = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof current === 'object' && current !== null; depth++) {
    const { code, cause, errors } = current as { code?: unknown; cause?: unknown; errors?: unknown };
    const inner: unknown = cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
    const isName = typeof code === 'string' && /^\w{1,60}$/.test(code);
    if (isName && (inner === undefined || Object.hasOwn(meanings, code))) return { code, message: messageOf(current) };
    if (inner === undefined) break;
    current = inner;
  }
  return { message: messageOf(current) };
}

/**
 * What a transport rejects with when there is no answer: `NETWORK_FAILED` with the origin, and the code of the cause
 * as `reason`. The cause itself is left out, for it may hold the request; what its message repeats of that is hidden.
 *
 * @param isUnanswered whether nothing of the answer had come; then `details.unanswered` tells that a connection ended
 *   before the request was answered, as connections do that were kept open for too long
 */
export function networkFailure(error: unknown, request: TransportRequest, isUnanswered: boolean): HalyardError {
  if (isHalyardError(error)) return error;
  const { code, message } = rootOf(error);
  const meaning = (code !== undefined && meanings[code]) || shown(message, request);
  const { origin } = new URL(request.url);
  const what = isUnanswered ? `${origin} cannot be reached` : `the answer from ${origin} broke off`;
  return new HalyardError('NETWORK_FAILED', `${what}: ${meaning}${code ? ` (${code})` : ''}`, {
    details: {
      origin,
      ...(code === undefined ? {} : { reason: code }),
      ...(isUnanswered && code !== undefined && endedByTheOtherSide.includes(code) ? { unanswered: true } : {}),
    },
  });
}

function shown(message: string, request: TransportRequest): string {
  return withoutSecrets(message, request).slice(0, LONGEST_MESSAGE).replace(/\s+/g, ' ');
}
