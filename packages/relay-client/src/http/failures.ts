// What went wrong with a request, in words and without secrets.
import type { HalyardErrorCode, TransportResponse } from '@halyard/core';
import { HalyardError, messageOf } from '@halyard/core';
import { decodeErrorBody } from '../wire/error-body.ts';
import { repeatsKey, repeatsTexts } from './repeated-text.ts';
import type { Endpoint } from './endpoint.ts';
import type { RelayRequest } from './relay-request.ts';

const LONGEST_EXCERPT = 80;
const LONGEST_PATH = 120;
const LONGEST_MESSAGE = 200;

/** What a request was, for messages about it. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly request: RelayRequest;
  /** The key it was sent with; never shown. */
  readonly apiKey: string | undefined;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A text of somebody else's, short and without line breaks; `''` for one that repeats the key or parts of the request. */
function quoted(text: string, longest: number, { apiKey, request }: Asked): string {
  if (apiKey !== undefined && repeatsKey(text, apiKey)) return '';
  if (request.body !== undefined && repeatsTexts(text, request.body)) return '';
  return `: ${JSON.stringify(cut(text, longest).replace(/[\p{C}\s]+/gu, ' '))}`;
}

function placeOf({ endpoint, request }: Asked): string {
  return `${request.method} ${endpoint.href}${cut(request.path, LONGEST_PATH)}`;
}

function failure(code: HalyardErrorCode, message: string, asked: Asked, details: object): HalyardError {
  return new HalyardError(code, message, { details: { origin: asked.endpoint.origin, ...details } });
}

/** An answer that came as one and is none. Texts that look like JSON are not shown: they may repeat the request. */
export function unreadableAnswer(asked: Asked, error: unknown, body: string): HalyardError {
  const start = body.trimStart();
  const isTelling = start !== '' && !/^[\ufeff[{"]/.test(start);
  const shown = isTelling ? quoted(start, LONGEST_EXCERPT, asked) : '';
  return failure('RESPONSE_INVALID', `${placeOf(asked)}: ${messageOf(error)}${shown}`, asked, {});
}

/** A request that took longer than it may. */
export function timedOut({ href, origin }: Endpoint, timeoutMs: number): HalyardError {
  return new HalyardError('TIMED_OUT', `the relay at ${href} did not answer within ${timeoutMs} ms`, {
    details: { origin, timeoutMs },
  });
}

/** A request that is not sent, or was not answered, because the relay wants to be left alone for some time. */
export function rateLimited({ href, origin }: Endpoint, waitMs: number | undefined, status?: number): HalyardError {
  const wait = waitMs === undefined ? 'gets too many requests' : `wants no requests for ${waitMs} ms`;
  const details = {
    origin,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(status === undefined ? {} : { status }),
  };
  return new HalyardError('RATE_LIMITED', `the relay at ${href} ${wait}`, { details });
}

/** What the status of an answer says, where it is none of those that the request may be answered by. */
export function failureOfStatus(asked: Asked, { status, body }: TransportResponse): HalyardError {
  const { message, errorCode } = decodeErrorBody(body);
  const said = message === undefined ? '' : quoted(message, LONGEST_MESSAGE, asked);
  const place = placeOf(asked);
  if (isAboutTheKey(status, message)) return keyRefused(asked, status, said);
  if (status === 404) {
    const { since } = asked.request;
    const why = `the option endpoint is wrong${since === undefined ? '' : `, or the relay is older than ${since}`}`;
    return failure('RESPONSE_INVALID', `${place} is not there (404): ${why}`, asked, { status });
  }
  if (status === 429) return rateLimited(asked.endpoint, undefined, status);
  if (status >= 500 || status === 408) {
    return failure('NETWORK_FAILED', `${place} failed at the relay's side (${status})${said}`, asked, { status });
  }
  const isAboutTheContext =
    status === 400 && asked.request.isEvaluation === true && (message ?? errorCode) !== undefined;
  const code = isAboutTheContext ? 'CONTEXT_INVALID' : 'RESPONSE_INVALID';
  return failure(code, `${place} was answered with status ${status}${said}`, asked, { status });
}

/** A key without a flag set is answered with 400 (goff-relay-protocol §1.4). */
function isAboutTheKey(status: number, message: string | undefined): boolean {
  return status === 401 || status === 403 || (status === 400 && message?.includes('flagset not found') === true);
}

function keyRefused(asked: Asked, status: number, said: string): HalyardError {
  const { href } = asked.endpoint;
  const what = asked.apiKey === undefined ? 'wants a key: set' : 'refuses the key: check';
  const message = `the relay at ${href} ${what} the option apiKey (${status})${said}`;
  return failure('AUTHENTICATION_FAILED', message, asked, { status });
}
