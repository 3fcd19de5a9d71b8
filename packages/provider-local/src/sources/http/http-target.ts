import type { OptionFault, OptionRule } from '@halyard/core';
import { describeValue, HalyardError } from '@halyard/core';
import { formatOf } from '../document-format.ts';
import type { DocumentFormat } from '../source.ts';

/** An address to read flags from. Its query may be a signature: only {@link HttpTarget.shown} goes into messages. */
export interface HttpTarget {
  readonly href: string;
  readonly origin: string;
  /** The address without its query. */
  readonly shown: string;
  /** What the extension of its path says. */
  readonly format: DocumentFormat | undefined;
}

const expected = 'an http:// or https:// address without a user name or password';

/** Why a value is no address, in words that show no credentials. */
function faultOf(value: unknown): string | undefined {
  const isAddress = typeof value === 'string' || value instanceof URL;
  if (!isAddress || !URL.canParse(String(value)))
    return typeof value === 'string' ? 'a text that is none' : describeValue(value);
  const { protocol, username, password } = new URL(value as string);
  if (protocol !== 'http:' && protocol !== 'https:') return `the scheme ${JSON.stringify(protocol)}`;
  return username === '' && password === '' ? undefined : 'an address with a user name or password';
}

/** What an address must be. */
export const anHttpAddress: OptionRule = {
  expected,
  check(value, path, report) {
    const found = faultOf(value);
    if (found !== undefined) report({ path, found, expected });
  },
};

/** Whether a text is meant as an address rather than as a path. */
export function looksLikeAnAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** Reads an address; the faults go to `report`, and then there is no target. */
export function httpTarget(value: string | URL, report: (fault: OptionFault) => void): HttpTarget | undefined {
  if (faultOf(value) !== undefined) {
    anHttpAddress.check(value, 'url', report);
    return undefined;
  }
  const url = new URL(value);
  url.hash = '';
  const { href, origin, pathname } = url;
  return { href, origin, shown: origin + pathname, format: formatOf(pathname) };
}

/** The redirects that ask for the same thing at another address. */
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Where a redirect leads, if it stays at its origin: other origins get to see no header of the user's.
 *
 * @returns undefined if the answer is no redirect
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function redirectOf(
  { shown, origin }: HttpTarget,
  from: string,
  { status, location }: { readonly status: number; readonly location: string | undefined },
): string | undefined {
  if (!REDIRECTS.includes(status) || location === undefined) return undefined;
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to?.origin === origin && to.username === '' && to.password === '') return to.href;
  const where = to === undefined ? 'to no address' : `to ${to.origin}`;
  const advice = 'redirects to other origins are not followed: use the address where the flags are';
  throw new HalyardError('RESPONSE_INVALID', `${shown} redirects ${where} (${status}); ${advice}`, {
    details: { origin, status },
  });
}
