import { routedPath } from '@halyard/relay-client';

/** What the relay can be asked for. */
export type EndpointName =
  | 'evaluation'
  | 'bulk'
  | 'configuration'
  | 'hashes'
  | 'collector'
  | 'ofrepEvaluation'
  | 'ofrepBulk'
  | 'manifest'
  | 'refresh'
  | 'webSocket'
  | 'oldWebSocket'
  | 'events'
  | 'health'
  | 'info'
  | 'metrics';

/** How an area of paths is guarded. */
export type Guard = 'evaluation' | 'admin' | 'stream' | 'none';

/** Where a request leads. */
export type Route =
  | { readonly kind: 'endpoint'; readonly name: EndpointName; readonly guard: Guard; readonly flagKey: string }
  /** Nothing there; the guard of its area comes first all the same. */
  | { readonly kind: 'nothing'; readonly guard: Guard }
  /** Outside the guarded areas, which know no wrong methods. */
  | { readonly kind: 'wrong method'; readonly allowed: string }
  | { readonly kind: 'broken path' };

const areas: readonly (readonly [prefix: string, Guard])[] = [
  ['/v1', 'evaluation'],
  ['/ofrep/v1', 'evaluation'],
  ['/openfeature/v0', 'evaluation'],
  ['/admin/v1', 'admin'],
  ['/stream/v1', 'stream'],
];

const endpoints: Readonly<Record<string, readonly [method: 'GET' | 'POST', EndpointName]>> = {
  '/v1/allflags': ['POST', 'bulk'],
  '/v1/flag/configuration': ['POST', 'configuration'],
  '/v1/flag/change': ['GET', 'hashes'],
  '/v1/data/collector': ['POST', 'collector'],
  '/ofrep/v1/evaluate/flags': ['POST', 'ofrepBulk'],
  '/openfeature/v0/manifest': ['GET', 'manifest'],
  '/admin/v1/retriever/refresh': ['POST', 'refresh'],
  '/stream/v1/ws/flag/change': ['GET', 'webSocket'],
  '/ws/v1/flag/change': ['GET', 'oldWebSocket'],
  '/stream/v1/sse/flag/change': ['GET', 'events'],
  '/health': ['GET', 'health'],
  '/info': ['GET', 'info'],
  '/metrics': ['GET', 'metrics'],
};

const EVALUATION = /^\/v1\/feature\/([^/]*)\/eval$/su;
const OFREP_EVALUATION = /^\/ofrep\/v1\/evaluate\/flags\/(.+)$/su;

/** Finds out where a request leads (goff-relay-protocol §1.3, §1.5, §2). Paths are exact. */
export function routeOf(method: string, target: string): Route {
  const path = routedPath(target.split('?', 1)[0] ?? '');
  if (path === undefined) return { kind: 'broken path' };
  const guard = guardOf(path);
  const known = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
  if (known !== undefined) {
    const [right, name] = known;
    if (method === right) return { kind: 'endpoint', name, guard, flagKey: '' };
    return guard === 'none' || name === 'oldWebSocket'
      ? { kind: 'wrong method', allowed: `OPTIONS, ${right}` }
      : { kind: 'nothing', guard };
  }
  const single = method === 'POST' ? singleEvaluation(path) : undefined;
  return single === undefined ? { kind: 'nothing', guard } : { kind: 'endpoint', guard, ...single };
}

function singleEvaluation(path: string): { name: EndpointName; flagKey: string } | undefined {
  const own = EVALUATION.exec(path);
  if (own !== null) return { name: 'evaluation', flagKey: own[1] ?? '' };
  const ofrep = OFREP_EVALUATION.exec(path);
  return ofrep === null ? undefined : { name: 'ofrepEvaluation', flagKey: ofrep[1] ?? '' };
}

function guardOf(path: string): Guard {
  if (path === '/ws/v1/flag/change') return 'stream';
  return areas.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? 'none';
}
