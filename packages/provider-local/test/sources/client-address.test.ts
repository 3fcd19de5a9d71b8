import { EventEmitter } from 'node:events';
import type { Source } from '../../src/index.ts';
import { inlineSource, merged } from '../../src/index.ts';
import { postgresSource } from '../../src/sources-postgres.ts';
import { redisSource } from '../../src/sources-redis.ts';
import { storageSource } from '../../src/sources-storage.ts';
import { supabaseSource } from '../../src/sources-supabase.ts';

type Fields = Readonly<Record<string, unknown>>;

const methods = {
  get: async () => null,
  duplicate: () => new EventEmitter(),
  query: async () => ({ rows: [] }),
  on: () => 0,
};
const supabase = (fields: Fields): Source => supabaseSource({ client: { from: () => undefined, ...fields } });
const redis = (fields: Fields): Source => redisSource({ client: { ...methods, ...fields }, key: 'flags' });
const postgres = (fields: Fields): Source => postgresSource({ client: { ...methods, ...fields } });
const storage = (options: Fields, name = 'fs', base = ''): Source =>
  storageSource({ getItem: () => null, getMount: () => ({ base, driver: { name, options } }) } as never, 'flags');

test.each<[string, Source[]]>([
  [
    'supabase-js',
    [
      supabase({ supabaseUrl: 'https://one.supabase.co' }),
      supabase({ supabaseUrl: 'https://two.supabase.co' }),
      supabase({ supabaseUrl: 'https://one.supabase.co', rest: { schemaName: 'private' } }),
      supabase({}),
    ],
  ],
  [
    'redis',
    [
      redis({ options: { url: 'redis://one:6379/1' } }),
      redis({ options: { url: 'redis://one:6379/2' } }),
      redis({ options: { socket: { host: 'one', port: 6379 } } }),
      redis({ options: { socket: { host: 'one', port: 6380 } } }),
      redis({ options: { socket: { path: '/run/one' } } }),
      redis({ options: { socket: { host: 'one' }, database: 1 } }),
    ],
  ],
  [
    'ioredis',
    [
      redis({ options: { host: 'one', port: 6379, db: 0 } }),
      redis({ options: { host: 'two', port: 6379, db: 0 } }),
      redis({ options: { host: 'one', port: 6379, db: 0, keyPrefix: 'shop:' } }),
      redis({ options: { sentinels: [{ host: 'one', port: 1 }], name: 'first' } }),
      redis({ options: { sentinels: [{ host: 'one', port: 1 }], name: 'second' } }),
      redis({ options: { path: '/run/one' } }),
      redis({ startupNodes: ['127.0.0.1:7000'] }),
      redis({ startupNodes: ['127.0.0.1:7001', { host: 'one', port: 2 }] }),
    ],
  ],
  [
    'pg',
    [
      postgres({ options: { connectionString: 'postgres://one/shop' } }),
      postgres({ options: { connectionString: 'postgres://one/other' } }),
      postgres({ options: { connectionString: 'postgres:///shop?host=/run/one' } }),
      postgres({ options: { host: 'one', database: 'shop' } }),
      postgres({ host: 'one', port: 5432, database: 'shop' }),
      postgres({}),
    ],
  ],
  [
    'unstorage',
    [
      storage({ base: './one' }),
      storage({ base: './two' }),
      storage({ base: './one' }, 'fs-lite'),
      storage({ base: './one' }, 'fs', 'flags:'),
      storage({ url: 'https://one.example/kv' }),
    ],
  ],
])('sources over clients of %s that lead elsewhere are different sources', (_library, sources) => {
  const fingerprints = sources.map(({ fingerprint }) => fingerprint);
  expect(new Set(fingerprints).size).toBe(sources.length);
});

test.each<[string, (secret: string) => Source]>([
  ['supabase', (secret) => supabase({ supabaseUrl: 'https://one.supabase.co', supabaseKey: secret })],
  [
    'redis',
    (secret) =>
      redis({ options: { url: `rediss://user:${secret}@one/1?x=${secret}`, password: secret, name: secret } }),
  ],
  ['a cluster of Redis', (secret) => redis({ startupNodes: [`redis://:${secret}@one:1`, `:${secret}@127.0.0.1:2`] })],
  [
    'postgres',
    (secret) =>
      postgres({ options: { connectionString: `postgres://${secret}:${secret}@one/shop?password=${secret}` } }),
  ],
  ['storage', (secret) => storage({ base: `https://me:${secret}@one.example/kv?token=${secret}`, token: secret })],
])('who somebody is does not count, and is not in it: %s', (_name, sourceOf) => {
  const { fingerprint } = sourceOf('canary-one');
  expect(sourceOf('canary-two').fingerprint).toBe(fingerprint);
  expect(fingerprint).toMatch(/^[\w-]{22}$/);
});

test('a client that shows nothing makes a source like any other', () => {
  const hostile: Fields = {};
  for (const name of ['options', 'rest', 'supabaseUrl', 'host', 'startupNodes']) {
    Object.defineProperty(hostile, name, { get: () => raise(), enumerable: false });
  }
  const inheriting = (fields: object): object => Object.assign(Object.create(hostile) as object, fields);
  expect(supabaseSource({ client: inheriting({ from: () => undefined }) as never }).fingerprint).toBeUndefined();
  expect(redisSource({ client: inheriting(methods) as never, key: 'flags' }).fingerprint).toBeUndefined();
  expect(postgresSource({ client: inheriting(methods) as never }).fingerprint).toBe(postgres({}).fingerprint);
  for (const getMount of [raise, () => null, 'none']) {
    expect(storageSource({ getItem: () => null, getMount } as never, 'flags').fingerprint).toBeUndefined();
  }
});

test('merged sources are told apart by what tells theirs apart', () => {
  const [one, two] = ['one', 'two'].map((host) => redis({ options: { host } })) as [Source, Source];
  const inline = inlineSource({});
  expect(merged(one, inline).fingerprint).not.toBe(merged(two, inline).fingerprint);
  expect(merged(one, two).fingerprint).not.toBe(merged(two, one).fingerprint);
  expect(merged(inline, inline).fingerprint).toBeUndefined();
});

function raise(): never {
  throw new Error('not for you');
}
