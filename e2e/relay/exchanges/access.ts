import type { Exchange } from '../exchange.ts';

type Headers = NonNullable<Exchange['headers']>;

const body = JSON.stringify({
  evaluationContext: { key: 'u', custom: { level: 1 } },
  context: { targetingKey: 'u' },
  events: [],
});

const requests: readonly (readonly [method: string, target: string])[] = [
  ['POST', '/v1/feature/split/eval'],
  ['POST', '/v1/feature/shared/eval'],
  ['POST', '/v1/allflags'],
  ['POST', '/v1/data/collector'],
  ['POST', '/v1/flag/configuration'],
  ['GET', '/v1/flag/change'],
  ['POST', '/ofrep/v1/evaluate/flags/shared'],
  ['POST', '/ofrep/v1/evaluate/flags'],
  ['GET', '/openfeature/v0/manifest'],
  ['POST', '/admin/v1/retriever/refresh'],
  ['GET', '/v1/nope'],
  ['GET', '/ofrep/v1/configuration'],
  ['GET', '/admin/v1/nope'],
  ['GET', '/stream/v1/nope'],
  ['POST', '/stream/v1/ws/flag/change'],
  ['GET', '/health'],
  ['GET', '/info'],
  ['GET', '/stream/v1/ws/flag/change'],
  ['GET', '/ws/v1/flag/change'],
  ['POST', '/ws/v1/flag/change'],
  ['HEAD', '/v1/allflags'],
  ['POST', '/v1/feature//eval'],
  ['GET', '/v1'],
  ['GET', '/nope'],
];

const presented: Readonly<Record<string, Headers>> = {
  none: [],
  'right X-API-Key': [['X-API-Key', 'eval-key']],
  'admin X-API-Key': [['X-API-Key', 'admin-key']],
  'wrong X-API-Key': [['X-API-Key', 'nope']],
  'empty X-API-Key': [['X-API-Key', '']],
  'empty X-API-Key, right bearer': [
    ['X-API-Key', ''],
    ['Authorization', 'Bearer eval-key'],
  ],
  'wrong X-API-Key, right bearer': [
    ['X-API-Key', 'nope'],
    ['Authorization', 'Bearer eval-key'],
  ],
  'right X-API-Key, wrong bearer': [
    ['X-API-Key', 'eval-key'],
    ['Authorization', 'Bearer nope'],
  ],
  'X-API-Key twice, right first': [
    ['X-API-Key', 'eval-key'],
    ['X-API-Key', 'nope'],
  ],
  'X-API-Key twice, wrong first': [
    ['X-API-Key', 'nope'],
    ['X-API-Key', 'eval-key'],
  ],
  'right bearer': [['Authorization', 'Bearer eval-key']],
  'admin bearer': [['Authorization', 'Bearer admin-key']],
  'bearer in any case': [['Authorization', 'bEARER eval-key']],
  'bearer, two spaces': [['Authorization', 'Bearer  eval-key']],
  'wrong bearer': [['Authorization', 'Bearer nope']],
  'bearer without a key': [['Authorization', 'Bearer']],
  'bearer and a space': [['Authorization', 'Bearer ']],
  'another scheme': [['Authorization', 'Basic eval-key']],
  'empty Authorization': [['Authorization', '']],
  'bare key': [['Authorization', 'eval-key']],
  'bearer twice, right second': [
    ['Authorization', 'Bearer nope'],
    ['Authorization', 'Bearer eval-key'],
  ],
  'scheme twice, right second': [
    ['Authorization', 'Basic x'],
    ['Authorization', 'Bearer eval-key'],
  ],
  'odd key': [['X-API-Key', 'odd +&=/ä key']],
};

const setKeys: Readonly<Record<string, Headers>> = {
  none: [],
  'set 1': [['X-API-Key', 'set1-key']],
  'set 2': [['Authorization', 'Bearer set2-key']],
  'admin of set 1': [['X-API-Key', 'set1-admin']],
  'admin of no set': [['X-API-Key', 'admin-key']],
  'key of no set': [['Authorization', 'Bearer no-set']],
  wrong: [['X-API-Key', 'nope']],
  'two bearers': [
    ['Authorization', 'Bearer set2-key'],
    ['Authorization', 'Bearer set1-key'],
  ],
  'wrong bearer first': [
    ['Authorization', 'Bearer nope'],
    ['Authorization', 'Bearer set1-key'],
  ],
};

function asked(headersOf: Readonly<Record<string, Headers>>): Exchange[] {
  return Object.entries(headersOf).flatMap(([who, headers]) =>
    requests.map(([method, target]) => ({
      name: `${who}: ${method} ${target}`,
      method,
      target,
      headers,
      ...(method === 'POST' && !target.includes('admin') && { body }),
    })),
  );
}

function streams(keys: readonly string[]): Exchange[] {
  const paths = ['/stream/v1/ws/flag/change', '/ws/v1/flag/change', '/stream/v1/nope'];
  return paths.flatMap((path) =>
    keys.map((key) => ({ name: `${path} with ${key}`, method: 'GET', target: `${path}?${key}` })),
  );
}

const badStream = [
  'apiKey=',
  'apiKey=nope',
  'apikey=eval-key',
  'apiKey',
  'x=1',
  'apiKey=%zz',
  'apiKey=nope&apiKey=eval-key',
];

function enriched(): Exchange[] {
  const headers = [['X-API-Key', 'eval-key']] as const;
  const flags = ['Flag-A', 'quiet', 'split', 'rolling', 'stepped', 'off', 'by-level', 'broken', 'flag-a'];
  return flags.flatMap((flag) =>
    [{}, { email: 'a@b.c', team: 'x' }, { team: 5, level: 9, gofeatureflag: { flagList: ['quiet'] } }].flatMap(
      (context, index) => [
        {
          name: `enriched goff ${flag} ${index}`,
          method: 'POST',
          target: `/v1/feature/${flag}/eval`,
          headers,
          body: JSON.stringify({ evaluationContext: { key: 'u', custom: context } }),
        },
        {
          name: `enriched ofrep ${flag} ${index}`,
          method: 'POST',
          target: `/ofrep/v1/evaluate/flags/${flag}`,
          headers,
          body: JSON.stringify({ context: { targetingKey: 'u', ...context } }),
        },
        {
          name: `enriched bulk ${flag} ${index}`,
          method: 'POST',
          target: '/v1/allflags',
          headers,
          body: JSON.stringify({ evaluationContext: { key: flag, custom: context } }),
        },
      ],
    ),
  );
}

/** Everything that may be asked, with every way to show a key. */
export const keyExchanges: readonly Exchange[] = [
  ...asked(presented),
  ...streams([
    ...badStream,
    'apiKey=eval-key',
    'apiKey=admin-key',
    'apiKey=odd%20%2B%26%3D%2F%C3%A4+key',
    'apiKey=eval-key&apiKey=nope',
  ]),
  ...enriched(),
];

/** The same where keys choose flag sets. */
export const flagSetExchanges: readonly Exchange[] = [
  ...asked(setKeys),
  ...streams([...badStream, 'apiKey=set1-key', 'apiKey=no-set']),
  { name: 'events for a key of no set', method: 'GET', target: '/stream/v1/sse/flag/change?apiKey=no-set' },
  { name: 'events for no key', method: 'GET', target: '/stream/v1/sse/flag/change' },
];
