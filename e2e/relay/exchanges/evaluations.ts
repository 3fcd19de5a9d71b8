import type { Exchange } from '../exchange.ts';

/** Flags of open.yaml that can be addressed by themselves. */
const flags = [
  'static-bool',
  'static-string',
  'static-number',
  'static-integer',
  'static-object',
  'static-array',
  'targeted',
  'split',
  'progressive',
  'scheduled',
  'scheduled-null',
  'scheduled-unknown',
  'experiment',
  'experiment-over',
  'disabled',
  'by-team',
  'by-targeting-key',
  'by-nothing',
  'empty-notes',
  'unsummed',
  'invalid-variation',
  'invalid-query',
  'invalid-kinds',
  'no-such-flag',
];

const attributes: readonly Record<string, unknown>[] = [
  {},
  { email: 'a@b.c', team: { id: 'red' }, x: 1 },
  { anonymous: true, n: 1, plan: 'gold' },
  { anonymous: 'true', n: 2, plan: 'gold', team: { id: 5 } },
  { n: 2.5, targetingKey: 'attribute', key: 'root', team: 'red' },
  { gofeatureflag: { currentDateTime: '2019-01-01T00:00:00Z' } },
  { gofeatureflag: { currentDateTime: '2020-06-15T12:00:00Z', exporterMetadata: { app: 'x' } } },
  { gofeatureflag: { currentDateTime: '3000-01-01T00:00:00+01:00' }, email: 'ax', team: { id: '' } },
];

const keys = ['user-1', 'admin-é', ''];

const post = (name: string, target: string, body: unknown): Exchange => ({
  name,
  method: 'POST',
  target,
  body: JSON.stringify(body),
});

function singles(): Exchange[] {
  return flags.flatMap((flag) =>
    attributes.flatMap((custom, index) => {
      const key = keys[index % keys.length] as string;
      const context = { ...custom, ...(key !== '' && custom['targetingKey'] === undefined && { targetingKey: key }) };
      return [
        post(`goff ${flag} ${index}`, `/v1/feature/${flag}/eval`, {
          evaluationContext: { key, custom },
          defaultValue: index % 2 === 0 ? { fallback: [index] } : undefined,
        }),
        post(`ofrep ${flag} ${index}`, `/ofrep/v1/evaluate/flags/${flag}`, { context }),
      ];
    }),
  );
}

function bulks(): Exchange[] {
  const lists: unknown[] = [
    undefined,
    ['static-bool', 'nope', 'by-team'],
    [],
    'targeted',
    ['targeted', 5, 'targeted'],
    [5],
    {},
  ];
  return [
    ...attributes.flatMap((custom, index) => [
      post(`goff bulk ${index}`, '/v1/allflags', { evaluationContext: { key: keys[index % 3], custom } }),
      post(`ofrep bulk ${index}`, '/ofrep/v1/evaluate/flags', {
        context: { targetingKey: keys[index % 3], ...custom },
      }),
    ]),
    ...lists.flatMap((flagList, index) => [
      post(`goff list ${index}`, '/v1/allflags', {
        evaluationContext: { key: 'u', custom: { gofeatureflag: { flagList } } },
      }),
      post(`ofrep list ${index}`, '/ofrep/v1/evaluate/flags', { context: { gofeatureflag: { flagList } } }),
    ]),
    post('goff disabled with metadata', '/v1/feature/disabled-noted/eval', {
      evaluationContext: { key: 'u' },
      defaultValue: 1,
    }),
    post('old user shape', '/v1/feature/targeted/eval', { user: { key: 'u', anonymous: true }, defaultValue: false }),
    post('old user shape, anonymous in custom', '/v1/feature/targeted/eval', {
      user: { key: 'u', custom: { anonymous: true } },
    }),
    post('both shapes', '/v1/feature/targeted/eval', {
      user: { key: 'u', anonymous: true },
      evaluationContext: { key: 'admin' },
    }),
    post('old user shape, all flags', '/v1/allflags', { user: { key: 'u', anonymous: true, custom: { n: 1 } } }),
    post('targeting key is a number', '/ofrep/v1/evaluate/flags/by-targeting-key', { context: { targetingKey: 5 } }),
    post('targeting key is a number, split', '/ofrep/v1/evaluate/flags/split', { context: { targetingKey: 5 } }),
  ];
}

function readers(): Exchange[] {
  const requests: unknown[] = [
    {},
    { flags: [] },
    { flags: null },
    { flags: ['split', 'nope', 'split'] },
    { flags: ['nope'] },
  ];
  return [
    ...requests.map((request, index) => post(`configuration ${index}`, '/v1/flag/configuration', request)),
    { name: 'configuration without a body', method: 'POST', target: '/v1/flag/configuration' },
    post('configuration, pretty', '/v1/flag/configuration?pretty', {}),
    { name: 'hashes', method: 'GET', target: '/v1/flag/change' },
    { name: 'hashes, pretty', method: 'GET', target: '/v1/flag/change?x=1&pretty=false' },
    {
      name: 'manifest',
      method: 'GET',
      target: '/openfeature/v0/manifest',
      argued: {
        about: ['status', 'headers', 'body'],
        why: 'one flag with a list fails the whole manifest of the relay proxy (500); ours calls it an object',
      },
    },
    { name: 'health', method: 'GET', target: '/health' },
    { name: 'info', method: 'GET', target: '/info' },
    post('ofrep, pretty', '/ofrep/v1/evaluate/flags/static-object?pretty=1', { context: {} }),
    post('goff error, pretty', '/v1/feature/split/eval?pretty', {}),
    { name: 'not found, pretty', method: 'GET', target: '/nope?pretty' },
  ];
}

/** Every flag by both protocols, alone and in bulk, and everything that can be read. */
export const evaluationExchanges: readonly Exchange[] = [...singles(), ...bulks(), ...readers()];
