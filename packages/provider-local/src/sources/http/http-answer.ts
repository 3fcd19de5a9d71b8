// What an answer over HTTP is: a document, or a failure in words.
import type { HalyardErrorCode, TransportResponse } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { DocumentFormat } from '../source.ts';
import type { HttpTarget } from './http-target.ts';

const LONGEST_EXCERPT = 60;

function failure(code: HalyardErrorCode, { shown, origin }: HttpTarget, problem: string, status: number): HalyardError {
  return new HalyardError(code, `${shown} ${problem}`, { details: { origin, status } });
}

/** What a status says that is no success. */
export function failureOfStatus(target: HttpTarget, status: number): HalyardError {
  if (status === 401 || status === 403) {
    return failure('AUTHENTICATION_FAILED', target, `refuses access: check the option headers (${status})`, status);
  }
  if (status === 404 || status === 410)
    return failure('SOURCE_UNAVAILABLE', target, `is not there (${status})`, status);
  if (status === 429) return failure('RATE_LIMITED', target, 'gets too many requests (429)', status);
  if (status >= 500 || status === 408) {
    return failure('NETWORK_FAILED', target, `failed at the server's side (${status})`, status);
  }
  return failure('RESPONSE_INVALID', target, `was answered with status ${status}`, status);
}

/** The format that a content type stands for; `'none'` for one that is no flag document, undefined if it leaves it open. */
function formatOfType(contentType: string | undefined): DocumentFormat | 'none' | undefined {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(application|text)\/([\w.-]+\+)?json$/.test(type)) return 'json';
  if (/^(application|text)\/(x-|vnd\.)?([\w.-]+\+)?yaml$/.test(type)) return 'yaml';
  if (/^(application|text)\/(x-)?toml$/.test(type)) return 'toml';
  return type === '' || /^(text\/plain|(application|binary)\/octet-stream)$/.test(type) ? undefined : 'none';
}

/** The first characters of a text, for people: what looks like a document is not shown. */
function excerptOf(body: string): string {
  const start = body
    .trimStart()
    .slice(0, LONGEST_EXCERPT)
    .replace(/[\p{C}\s]+/gu, ' ');
  return start.startsWith('<') ? `, which begins with ${JSON.stringify(start)}` : '';
}

/** What else the format depends on, and what of an answer is not to be shown. */
export interface FormatChoice {
  /** The option `format`. */
  readonly asked: DocumentFormat | undefined;
  /** Whether a text repeats what the server alone was to see. */
  readonly isSecret: (text: string) => boolean;
}

/**
 * How the document in an answer is written: as the option says, else by the content type, else by the extension.
 *
 * @throws HalyardError `RESPONSE_INVALID` if it holds no document, or does not say how it is written
 */
export function formatOfAnswer(
  target: HttpTarget,
  { status, headers, body }: TransportResponse,
  { asked, isSecret }: FormatChoice,
): DocumentFormat {
  if (body.trim() === '') throw failure('RESPONSE_INVALID', target, 'gave an empty answer', status);
  if (asked !== undefined) return asked;
  const contentType = headers['content-type'];
  const format = formatOfType(contentType);
  if (format !== 'none' && format !== undefined) return format;
  if (format === undefined && !body.trimStart().startsWith('<') && target.format !== undefined) return target.format;
  const what = contentType === undefined ? 'something without a content type' : contentType.slice(0, LONGEST_EXCERPT);
  const found = [`${what}${excerptOf(body)}`, what].find((text) => !isSecret(text)) ?? 'something else';
  const problem = `gave ${found}; expected JSON, YAML or TOML, or the option format`;
  throw failure('RESPONSE_INVALID', target, problem, status);
}
