import { relayPaths } from '../wire/relay-paths.ts';
import type { ChangesMode } from './change-mode.ts';

/** Where a relay may have a change stream. */
export interface StreamRoute {
  readonly stream: 'websocket' | 'sse';
  readonly path: string;
}

const allRoutes: readonly StreamRoute[] = [
  { stream: 'websocket', path: relayPaths.webSocket },
  { stream: 'websocket', path: relayPaths.oldWebSocket },
  { stream: 'sse', path: relayPaths.eventStream },
];

/** The routes to try, the best first; none for modes without streams. */
export function routesFor(mode: ChangesMode, isThere: (stream: StreamRoute['stream']) => boolean): StreamRoute[] {
  if (mode === 'poll' || mode === 'off') return [];
  return allRoutes.filter(({ stream }) => isThere(stream) && (mode === 'auto' || mode === stream));
}

/** The routes that are better than the one in use, by another kind of stream. */
export function betterRoutes(routes: readonly StreamRoute[], used: StreamRoute): StreamRoute[] {
  return routes.slice(0, routes.indexOf(used)).filter(({ stream }) => stream !== used.stream);
}

/** The routes in the order in which a lost stream is looked for: the one that worked comes first. */
export function routesAfter(routes: readonly StreamRoute[], lost: StreamRoute): StreamRoute[] {
  return [lost, ...routes.filter((route) => route !== lost)];
}
