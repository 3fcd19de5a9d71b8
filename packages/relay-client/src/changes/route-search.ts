import type { PushEnd } from '../ports/push-stream.ts';
import type { StreamRoute } from './stream-routes.ts';

/** A search for a route by which the relay pushes changes. */
export interface RouteSearch {
  /** Those that were not given up; the first is the next to try. Empty: the search is over. */
  readonly routes: readonly StreamRoute[];
  /** Attempts at the first route that came to nothing although the relay answered otherwise. */
  readonly strikes: number;
  /** Attempts in a row that came to nothing; delays grow with them. */
  readonly failures: number;
  /** Whether every route given up so far asked for another API key. */
  readonly isDenied: boolean;
}

/** After how many strikes a route is given up. */
export const MOST_STRIKES = 3;

/** A search in which nothing has been tried yet. */
export function beginSearch(routes: readonly StreamRoute[]): RouteSearch {
  return { routes, strikes: 0, failures: 0, isDenied: true };
}

/** What an answer that is no stream says about the route. */
type Verdict = 'absent' | 'denied' | 'busy';

function verdictOn(status: number): Verdict {
  if (status === 401 || status === 403) return 'denied';
  if (status === 408 || status === 425 || status === 429) return 'busy';
  return status >= 500 && status !== 501 && status !== 505 ? 'busy' : 'absent';
}

/**
 * Whether the end says that the route is closed to us. Relays before 1.53 know the old WebSocket path only, and some
 * gateways refuse what they do not know with 401 or 403: other routes may still work.
 */
export function isRefusal(end: PushEnd): end is Extract<PushEnd, { kind: 'refused' }> {
  return end.kind === 'refused' && verdictOn(end.status) !== 'busy';
}

/**
 * What to try after an attempt that came to nothing. A route is given up at once where it is refused. After
 * `mostStrikes` strikes all routes of its kind are given up: whatever is in the way of one is in the way of the others.
 * As long as the relay answers nothing at all, other routes would not fare better.
 *
 * @param relayAnswers whether the relay answered another request meanwhile
 */
export function searchAfter(
  search: RouteSearch,
  end: PushEnd,
  relayAnswers: boolean,
  mostStrikes: number,
): RouteSearch {
  const { routes, isDenied } = search;
  if (isRefusal(end)) {
    const isStillDenied = isDenied && verdictOn(end.status) === 'denied';
    return { ...search, routes: routes.slice(1), strikes: 0, isDenied: isStillDenied };
  }
  const strikes = search.strikes + (relayAnswers ? 1 : 0);
  if (strikes < mostStrikes) return { ...search, strikes, failures: search.failures + 1 };
  const others = routes.filter(({ stream }) => stream !== routes[0]?.stream);
  return { routes: others, strikes: 0, failures: 0, isDenied: false };
}
