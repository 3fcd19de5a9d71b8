import type { TransportRequest } from '@halyard/core';

/** Shorter texts are too common to be hidden, and too short to tell anything. */
const SHORTEST = 4;
/** Headers that say nothing of whom they are from. */
const PLAIN_HEADERS = ['accept', 'accept-encoding', 'content-type', 'if-none-match', 'if-modified-since', 'user-agent'];
const SCHEMES = ['bearer', 'basic', 'digest', 'token'];

/** What of a request is for nobody's log, as it may be written elsewhere; the longest texts first. */
function secretsOf({ url, headers, body }: TransportRequest): readonly string[] {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  const values = Object.entries(headers).flatMap(([name, value]) =>
    PLAIN_HEADERS.includes(name.toLowerCase()) ? [] : [value, ...value.split(/[\s,;]+/), ...value.split(/[\s,;=]+/)],
  );
  const parameters = query
    .split(/[&#]/)
    .flatMap((parameter) => [parameter, parameter.slice(parameter.indexOf('=') + 1)]);
  const texts = [query, ...parameters, ...values, ...(body === undefined ? [] : [body])];
  const forms = texts.flatMap((text) => [text, decoded(text), JSON.stringify(text).slice(1, -1)]);
  return [...new Set(forms)].filter(isTelling).toSorted((one, other) => other.length - one.length);
}

const isTelling = (text: string): boolean => text.length >= SHORTEST && !SCHEMES.includes(text.toLowerCase());

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A text of somebody else's without what a request has in its query, its headers and its body. */
export function withoutSecrets(text: string, request: TransportRequest): string {
  return secretsOf(request).reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}
