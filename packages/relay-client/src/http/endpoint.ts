import type { OptionFault, OptionRule } from '@halyard/core';
import { describeValue, invalidOptions } from '@halyard/core';

/** Where a relay is. Made by {@link parseEndpoint} only. */
export interface Endpoint {
  /** Scheme, host and port, as in `https://flags.example.com`. */
  readonly origin: string;
  /** The origin and the path prefix, without a slash at its end: paths are appended to it. */
  readonly href: string;
}

const expected = 'an http:// or https:// address, optionally with a path';

/** Why a value is no endpoint, in words that show no credentials. */
function faultOf(value: unknown): string | undefined {
  const url = urlFrom(value);
  if (url === undefined) return typeof value === 'string' ? 'a text that is none' : describeValue(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `the scheme ${JSON.stringify(url.protocol)}`;
  if (url.username !== '' || url.password !== '') return 'an address with a user name or password';
  if (url.search !== '') return 'an address with a query';
  return url.hash === '' ? undefined : 'an address with a fragment';
}

function urlFrom(value: unknown): URL | undefined {
  if (typeof value !== 'string' && !(value instanceof URL)) return undefined;
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** What the option `endpoint` must be. */
export const anEndpoint: OptionRule = {
  expected,
  check(value, path, report) {
    const found = faultOf(value);
    if (found !== undefined) report({ path, found, expected });
  },
};

/**
 * Reads the option `endpoint`: http or https, no credentials, query or fragment; a path prefix is kept, slashes at its
 * end are not.
 *
 * @throws HalyardError `CONFIG_INVALID`
 */
export function parseEndpoint(value: string | URL): Endpoint {
  const faults: OptionFault[] = [];
  anEndpoint.check(value, 'endpoint', (fault) => faults.push(fault));
  if (faults.length > 0) throw invalidOptions('RelayClient', faults);
  const { origin, pathname } = new URL(value);
  return Object.freeze({ origin, href: origin + pathname.replace(/\/+$/, '') });
}

/**
 * The address of a change stream. Holds the key, which streams take nowhere else (goff-relay-protocol §5): not for
 * logs and errors.
 */
export function streamUrl({ href }: Endpoint, path: string, apiKey: string | undefined): string {
  const query = apiKey === undefined ? '' : `?apiKey=${encodeURIComponent(apiKey)}`;
  return href + path + query;
}

/** The same for a WebSocket. */
export function webSocketUrl(endpoint: Endpoint, path: string, apiKey: string | undefined): string {
  return streamUrl(endpoint, path, apiKey).replace(/^http/, 'ws');
}
