import { backoffDelay } from '@halyard/core';
import type { RouteSearch } from '../../changes/route-search.ts';
import { beginSearch, MOST_STRIKES, searchAfter } from '../../changes/route-search.ts';
import type { StreamRoute } from '../../changes/stream-routes.ts';
import { betterRoutes, routesAfter } from '../../changes/stream-routes.ts';
import type { PushEnd } from '../../ports/push-stream.ts';
import { onAbort } from './on-abort.ts';
import { pause } from './pause.ts';
import { slowLimits } from './slow-limits.ts';
import type { StreamConnection } from './stream-connection.ts';
import type { SearchParts, SearchResult } from './stream-search.ts';
import { retryDelay, searchStream } from './stream-search.ts';

/** A stream that lasted this long works; one that did not counts as an attempt that came to nothing. */
export const STABLE_MS = 10_000;
/** How long to be content with a lesser way of following changes. */
const climbLimits = { initialMs: 60_000, maxMs: 900_000 };

/** What a channel works with. */
export interface ChannelParts extends SearchParts {
  /** The best first. */
  readonly routes: readonly StreamRoute[];
  /** Whether there is another way to get at changes, so that looking for a stream again is not urgent. */
  readonly isContent: boolean;
  readonly events: ChannelEvents;
}

interface ChannelEvents {
  /** A stream is up. `isProven`: nothing speaks against its staying up. */
  up(connection: StreamConnection, isProven: boolean): void;
  /** The stream is over; another one is being looked for. */
  lost(why: string): void;
  /** There is no stream to be had for a while. */
  absent(why: string, isDenied: boolean): void;
}

type Found = SearchResult & { readonly kind: 'found' };

/** What to try next, and when. */
interface Plan {
  readonly search: RouteSearch;
  readonly delayMs: number;
}

/** Keeps one stream up, by the best route that works: finds one, finds another when it is lost, climbs to better ones. */
export class PushChannel {
  readonly #parts: ChannelParts;
  #current: StreamConnection | undefined;
  /** Searches in a row in which every route was given up. */
  #fruitless = 0;
  /** Searches in a row for a better route. */
  #climbs = 0;
  /** Streams in a row that did not last. */
  #shortLived = 0;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  /** The stream that is up. */
  get current(): StreamConnection | undefined {
    return this.#current;
  }

  /** Goes on until the signal fires; rejects with its reason. */
  async run(signal: AbortSignal): Promise<never> {
    let next: Plan = { search: beginSearch(this.#parts.routes), delayMs: 0 };
    for (;;) {
      const result = await searchStream(this.#parts, { ...next, mostStrikes: MOST_STRIKES }, signal);
      if (result.kind === 'found') next = await this.#stay(result, signal);
      else next = await this.#rest(result, signal);
    }
  }

  async #rest({ search, why }: SearchResult & { kind: 'none' }, signal: AbortSignal): Promise<Plan> {
    const { clock, random, reconnect, isContent, events, routes } = this.#parts;
    events.absent(why, search.isDenied);
    const limits = isContent ? climbLimits : reconnect;
    const delayMs = backoffDelay(++this.#fruitless, search.isDenied ? slowLimits : limits, random);
    await pause(clock, delayMs, signal);
    return { search: beginSearch(routes), delayMs: 0 };
  }

  /** Stays with a stream, and with the better ones that are found meanwhile, until the last of them ends. */
  async #stay(found: Found, signal: AbortSignal): Promise<Plan> {
    let held = found;
    this.#use(held.connection, this.#shortLived < 2);
    for (let better = await this.#betterThan(held, signal); better; better = await this.#betterThan(held, signal)) {
      const routes = routesAfter(this.#parts.routes, better.connection.route);
      // if it does not last, the lesser route is the better one
      held = { ...better, search: { ...beginSearch(routes), strikes: MOST_STRIKES - 1 } };
      this.#use(held.connection, false);
    }
    const end = await held.connection.ended;
    signal.throwIfAborted();
    this.#current = undefined;
    const plan = await this.#planAfter(held, end);
    signal.throwIfAborted();
    return plan;
  }

  /** The new stream is up before the old one is let go: nothing is missed in between. */
  #use(connection: StreamConnection, isProven: boolean): void {
    const replaced = this.#current;
    this.#current = connection;
    this.#parts.events.up(connection, isProven);
    replaced?.close();
  }

  async #planAfter({ search, connection }: Found, end: PushEnd): Promise<Plan> {
    const { clock, routes, relayAnswers, events } = this.#parts;
    const { route, openedAt } = connection;
    events.lost(end.kind === 'refused' ? `the relay answers ${end.status}` : end.why);
    if (clock.elapsed() - openedAt >= STABLE_MS) {
      this.#shortLived = 0;
      this.#fruitless = 0;
      if (betterRoutes(routes, route).length === 0) this.#climbs = 0;
      return {
        search: { ...beginSearch(routesAfter(routes, route)), failures: 1 },
        delayMs: retryDelay(1, this.#parts),
      };
    }
    this.#shortLived++;
    const next = searchAfter(search, end, await relayAnswers(), MOST_STRIKES);
    return { search: next, delayMs: next.routes[0] === route ? retryDelay(next.failures, this.#parts) : 0 };
  }

  /** A stream by a better route than the one held, as soon as there is one; undefined once the one held is over. */
  async #betterThan({ connection }: Found, signal: AbortSignal): Promise<Found | undefined> {
    const climbing = new AbortController();
    const forget = onAbort(signal, () => {
      climbing.abort(signal.reason);
      connection.close();
    });
    const climb = this.#climb(connection.route, climbing.signal);
    const winner = await Promise.race([climb, connection.ended.then(() => undefined)]).finally(() => {
      forget();
      climbing.abort();
    });
    if (winner === undefined) climb.then(({ connection: late }) => late.close()).catch(() => undefined);
    return winner;
  }

  async #climb(route: StreamRoute, signal: AbortSignal): Promise<Found> {
    const { clock, random, routes } = this.#parts;
    const better = betterRoutes(routes, route);
    if (better.length === 0) return new Promise(() => undefined);
    for (;;) {
      await pause(clock, backoffDelay(++this.#climbs, climbLimits, random), signal);
      const plan = { search: beginSearch(better), delayMs: 0, mostStrikes: 1 };
      const result = await searchStream({ ...this.#parts, relayAnswers: async () => true }, plan, signal);
      if (result.kind === 'found') return result;
    }
  }
}
