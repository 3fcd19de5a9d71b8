import type { BackoffLimits, Clock, Random } from '@halyard/core';
import { backoffDelay } from '@halyard/core';
import type { RouteSearch } from '../../changes/route-search.ts';
import { isRefusal, searchAfter } from '../../changes/route-search.ts';
import type { StreamRoute } from '../../changes/stream-routes.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import type { PushEnd } from '../../ports/push-stream.ts';
import { onAbort } from './on-abort.ts';
import { pause } from './pause.ts';
import type { StreamConnection } from './stream-connection.ts';

/** What a search needs. */
export interface SearchParts {
  readonly connect: (route: StreamRoute) => StreamConnection;
  readonly clock: Clock;
  readonly random: Random;
  readonly reconnect: BackoffLimits;
  /** Asks the relay something else, to know whether it is the stream alone that fails. Never rejects. */
  readonly relayAnswers: () => Promise<boolean>;
}

/** How a search ended: with a stream, or with all routes given up; then `why` is about the last of them. */
export type SearchResult =
  | { readonly kind: 'found'; readonly search: RouteSearch; readonly connection: StreamConnection }
  | { readonly kind: 'none'; readonly search: RouteSearch; readonly why: string };

/**
 * Tries routes one after the other until a stream is up or all are given up; rejects when the signal fires.
 *
 * @param delayMs before the first attempt
 */
export async function searchStream(
  parts: SearchParts,
  { search: begun, delayMs, mostStrikes }: { search: RouteSearch; delayMs: number; mostStrikes: number },
  signal: AbortSignal,
): Promise<SearchResult> {
  let search = begun;
  let delay = delayMs;
  let why = '';
  for (let route = search.routes[0]; route !== undefined; route = search.routes[0]) {
    if (delay > 0) await pause(parts.clock, delay, signal);
    const { connection, end } = await attempt(parts, route, signal);
    if (end === undefined) return { kind: 'found', search, connection };
    why = end.kind === 'refused' ? `the relay answers ${end.status}` : end.why;
    const answers = isRefusal(end) || (await parts.relayAnswers());
    signal.throwIfAborted();
    search = searchAfter(search, end, answers, mostStrikes);
    delay = search.routes[0] === route ? Math.max(retryDelay(search.failures, parts), askedDelay(end, parts.clock)) : 0;
  }
  return { kind: 'none', search, why };
}

/**
 * How long to wait before the next attempt. The first comes soon, but anywhere within the first delay: all clients of a
 * relay that restarts lose their streams at the same moment.
 */
export function retryDelay(failures: number, { reconnect, random }: Pick<SearchParts, 'reconnect' | 'random'>): number {
  return failures <= 1 ? random() * reconnect.initialMs : backoffDelay(failures, reconnect, random);
}

function askedDelay(end: PushEnd, clock: Clock): number {
  return end.kind === 'refused' ? (retryAfterMs(end.retryAfter, clock.now()) ?? 0) : 0;
}

async function attempt(
  parts: SearchParts,
  route: StreamRoute,
  signal: AbortSignal,
): Promise<{ connection: StreamConnection; end: PushEnd | undefined }> {
  signal.throwIfAborted();
  const connection = parts.connect(route);
  const forget = onAbort(signal, () => connection.close());
  try {
    const end = await connection.established;
    signal.throwIfAborted();
    return { connection, end };
  } finally {
    forget();
  }
}
