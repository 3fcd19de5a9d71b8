import { routeOf } from '../../src/routes/route.ts';
import { hasQueryParameter, queryParameter } from '../../src/routes/query-parameter.ts';

const where = (method: string, target: string): unknown => {
  const route = routeOf(method, target);
  return route.kind === 'endpoint' ? `${route.name} ${route.guard} ${route.flagKey}`.trim() : route;
};

test.each([
  ['POST', '/v1/feature/a%20b/eval', 'evaluation evaluation a b'],
  ['POST', '/v1/feature//eval', 'evaluation evaluation'],
  ['POST', '/v1/feature/a%24b/eval', 'evaluation evaluation a%24b'],
  ['POST', '/ofrep/v1/evaluate/flags/a/b', 'ofrepEvaluation evaluation a/b'],
  ['POST', '/ofrep/v1/evaluate/flags/eval?x', 'ofrepEvaluation evaluation eval'],
  ['POST', '/v1/allflags?pretty', 'bulk evaluation'],
  ['GET', '/v1/flag/change', 'hashes evaluation'],
  ['POST', '/admin/v1/retriever/refresh', 'refresh admin'],
  ['GET', '/ws/v1/flag/change?apiKey=x', 'oldWebSocket stream'],
  ['GET', '/stream/v1/sse/flag/change', 'events stream'],
  ['GET', '/health', 'health none'],
])('%s %s leads to %s', (method, target, expected) => {
  expect(where(method, target)).toBe(expected);
});

test.each([
  ['GET', '/v1/allflags', 'evaluation'],
  ['POST', '/v1/allflags/', 'evaluation'],
  ['POST', '/v1//allflags', 'evaluation'],
  ['POST', '/%76%31/allflags', 'none'],
  ['GET', '/v1', 'evaluation'],
  ['GET', '/v1x', 'none'],
  ['POST', '/ofrep/v1/evaluate/flags/', 'evaluation'],
  ['GET', '/admin/v1/x', 'admin'],
  ['GET', '/toString', 'none'],
  ['GET', '/', 'none'],
])('%s %s leads nowhere, guarded by %s', (method, target, guard) => {
  expect(where(method, target)).toEqual({ kind: 'nothing', guard });
});

test('a wrong method is told outside of the guarded areas only', () => {
  expect(where('POST', '/health')).toEqual({ kind: 'wrong method', allowed: 'OPTIONS, GET' });
  expect(where('POST', '/ws/v1/flag/change')).toEqual({ kind: 'wrong method', allowed: 'OPTIONS, GET' });
});

test.each(['/v1/feature/%/eval', '/%zz', '/a%2'])('%s cannot be decoded', (target) => {
  expect(where('POST', target)).toEqual({ kind: 'broken path' });
});

test.each([
  ['/x?apiKey=a%2Bb', 'a+b'],
  ['/x?apiKey=a+b', 'a b'],
  ['/x?y=1&apiKey=first&apiKey=second', 'first'],
  ['/x?api%4Bey=a', 'a'],
  ['/x?apiKey', ''],
  ['/x?apiKey=%zz&apiKey=whole', 'whole'],
  ['/x?apikey=a', undefined],
  ['/x', undefined],
])('the key in %s is %j', (target, key) => {
  expect(queryParameter(target, 'apiKey')).toBe(key);
});

test('a parameter is there with whatever value', () => {
  expect(hasQueryParameter('/x?pretty', 'pretty')).toBe(true);
  expect(hasQueryParameter('/x?pretty=false', 'pretty')).toBe(true);
  expect(hasQueryParameter('/pretty?x=pretty', 'pretty')).toBe(false);
});
