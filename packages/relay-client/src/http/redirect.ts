import type { TransportResponse } from '@halyard/core';
import { HalyardError } from '@halyard/core';

/** The redirects that ask for the same request at another address; 303 asks for something else. */
const SAME_REQUEST = [301, 302, 307, 308];

/**
 * Where a redirect leads, if it stays at its origin: other origins get to see neither key nor context.
 *
 * @returns undefined if the answer is no redirect
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function redirectTarget(url: string, { status, headers }: TransportResponse): string | undefined {
  const location = headers['location'];
  if (!SAME_REQUEST.includes(status) || location === undefined) return undefined;
  const { origin } = new URL(url);
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (target?.origin === origin && target.username === '' && target.password === '') return target.href;
  const where = target === undefined ? 'to no address' : `to ${target.origin}`;
  const advice = 'redirects to other origins are not followed: set the option endpoint to where the relay is';
  throw new HalyardError('RESPONSE_INVALID', `the relay at ${origin} redirects ${where} (${status}); ${advice}`, {
    details: { origin, status },
  });
}
