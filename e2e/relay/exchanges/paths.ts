import type { Exchange } from '../exchange.ts';

/** Path segments, most of them keys of open.yaml in several spellings. */
const segments = [
  'with%20space',
  'with+space',
  'percent%2525',
  'q%3Fx',
  'hash%23x',
  'quote%22x',
  '%5Bx%5D',
  '[x]',
  'cl%C3%A9',
  'cl%c3%a9',
  '%E6%97%A5%E6%9C%AC%F0%9F%98%80',
  'a$b',
  'a%24b',
  'a&b',
  'a%26b',
  'a+b',
  'a%2Bb',
  'a,b',
  'a%2Cb',
  'a:b',
  'a%3Ab',
  'a;b',
  'a%3Bb',
  'a=b',
  'a%3Db',
  'a@b',
  'a%40b',
  'a!b',
  'a%21b',
  "a'b",
  'a%27b',
  'a(b)',
  'a%28b%29',
  'a*b',
  'a%2Ab',
  'a/b',
  'a%2Fb',
  'a%5Cb',
  'a\\b',
  'a%5Eb',
  'a^b',
  'a%7Cb',
  'a|b',
  '%7Bb%7D',
  '{b}',
  '%3Cb%3E',
  '<b>',
  'a%60b',
  'a`b',
  'a%09b',
  'a~b',
  'a%7Eb',
  'a.b_c-d',
  '%61.b_c-d',
  "!(x)*'",
  '%21%28x%29%2A%27',
  'a%20b!c',
  'a%20b%21c',
  'a%2520b',
  '__proto__',
  'constructor',
  'toString',
  '10',
  '9',
  '',
  '%',
  '%zz',
  '%a',
  'a%ff',
  '.',
  '..',
  'a//b',
  '%00',
  '"',
];

const body = JSON.stringify({ evaluationContext: { key: 'u' }, context: { targetingKey: 'u' } });

const everything = ['status', 'headers', 'body'] as const;

/** Keys that one of the relays does not come to evaluate. */
export const arguedKeys: readonly string[] = ['x\ufffd', 'raw-é'];

const arguedSegments: readonly Exchange[] = [
  {
    name: 'goff key cut inside a character',
    method: 'POST',
    target: '/v1/feature/x%E2%82/eval',
    body,
    argued: { about: everything, why: 'the relay proxy fails over such a key when it counts evaluations (500)' },
  },
  {
    name: 'ofrep key in raw UTF-8',
    method: 'POST',
    target: '/ofrep/v1/evaluate/flags/raw-é',
    body,
    argued: { about: everything, why: "Node's parser takes ASCII only in a path; clients must encode it anyway (400)" },
  },
];

function keyed(): Exchange[] {
  return segments.flatMap((segment) => [
    { name: `goff key ${segment}`, method: 'POST', target: `/v1/feature/${segment}/eval`, body },
    { name: `ofrep key ${segment}`, method: 'POST', target: `/ofrep/v1/evaluate/flags/${segment}`, body },
  ]);
}

const paths = [
  '/',
  '',
  '/v1',
  '/v1/',
  '/v1/nope',
  '/v1/allflags/',
  '/v1//allflags',
  '//v1/allflags',
  '/V1/allflags',
  '/v1/ALLFLAGS',
  '/%76%31/allflags',
  '/v1/allflags',
  '/v1/allflags?x=%zz',
  '/v1/feature',
  '/v1/feature/a',
  '/v1/feature/a/b/eval',
  '/v1/feature/a/eval/',
  '/v1/flag/change',
  '/v1/flag/configuration',
  '/v1/data/collector',
  '/ofrep',
  '/ofrep/v1',
  '/ofrep/v1/configuration',
  '/ofrep/v1/evaluate',
  '/health/',
  '/ofrep/v1/evaluate/flags',
  '/ofrep/v1/evaluate/flags/',
  '/ofrep/v1/evaluate/flags/split/x',
  '/openfeature',
  '/openfeature/v0',
  '/openfeature/v0/manifest/',
  '/admin',
  '/admin/v1',
  '/admin/v1/x',
  '/admin/v1/retriever/refresh',
  '/health',
  '/info',
  '/metrics/x',
  '/stream',
  '/stream/v1',
  '/stream/v1/x',
  '/ws',
  '/ws/v1',
  '/ws/v1/flag',
  '/swagger/index.html',
  '/favicon.ico',
  '/nope',
  '/ws/v1/flag/change',
  '/stream/v1/ws/flag/change',
  '/healthz',
  '/v1x',
  '/v1/../health',
  '/v1/flag/change?a=b?c',
  '/?',
  '/health?x#y',
];

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

function everyMethod(): Exchange[] {
  return paths
    .filter((target) => target !== '')
    .flatMap((target) =>
      methods
        // a body-less POST of everything that works is asked elsewhere
        .map((method) => ({ name: `${method} ${target}`, method, target })),
    );
}

function crossOrigin(): Exchange[] {
  const origin = ['Origin', 'https://example.test'] as const;
  const preflight = ['Access-Control-Request-Method', 'POST'] as const;
  const wanted = ['Access-Control-Request-Headers', 'x-api-key, content-type'] as const;
  return [
    { name: 'preflight', method: 'OPTIONS', target: '/v1/allflags', headers: [origin, preflight, wanted] },
    { name: 'preflight of a GET', method: 'OPTIONS', target: '/v1/flag/change', headers: [origin, preflight] },
    { name: 'preflight elsewhere', method: 'OPTIONS', target: '/nope', headers: [origin, preflight, wanted] },
    { name: 'preflight of a monitor', method: 'OPTIONS', target: '/health', headers: [origin] },
    { name: 'OPTIONS without an origin', method: 'OPTIONS', target: '/health' },
    { name: 'preflight of a flag', method: 'OPTIONS', target: '/v1/feature/x/eval', headers: [origin, preflight] },
    { name: 'cross-origin GET', method: 'GET', target: '/health', headers: [origin] },
    { name: 'cross-origin POST', method: 'POST', target: '/v1/allflags', headers: [origin], body },
    { name: 'cross-origin 404', method: 'GET', target: '/nope', headers: [origin] },
    { name: 'empty origin', method: 'GET', target: '/health', headers: [['Origin', '']] },
    {
      name: 'Last-Event-ID is no number',
      method: 'GET',
      target: '/stream/v1/sse/flag/change',
      headers: [['Last-Event-ID', 'x']],
    },
    {
      name: 'Last-Event-ID is too large',
      method: 'GET',
      target: '/stream/v1/sse/flag/change',
      headers: [['Last-Event-ID', '9223372036854775808']],
    },
  ];
}

/** Odd paths, every method everywhere, and what browsers ask before they ask. */
export const pathExchanges: readonly Exchange[] = [...keyed(), ...arguedSegments, ...everyMethod(), ...crossOrigin()];
