import { EventEmitter } from 'node:events';
import { settled } from '@halyard/testkit';
import type { LoadedFlags, Source } from '../../src/index.ts';
import { postgresSource } from '../../src/sources-postgres.ts';
import { redisSource } from '../../src/sources-redis.ts';
import { storageSource } from '../../src/sources-storage.ts';
import { switchedTo } from '../flag-definitions.ts';

const never = new AbortController().signal;
const hanging = (): Promise<never> => new Promise(() => undefined);
const flags = JSON.stringify({ flag: switchedTo(true) });

async function documentOf(source: Source): Promise<LoadedFlags['documents'][number]> {
  const loaded = await source.load(undefined, never);
  if (loaded === 'unchanged' || loaded.documents[0] === undefined) throw new Error('nothing was loaded');
  return loaded.documents[0];
}

/** A client as `redis` or `ioredis` makes them, with what its duplicate was told. */
function redisClient(
  kind: 'redis' | 'ioredis',
  value: string | null = flags,
): {
  client: { get(key: string): Promise<string | null>; duplicate(): EventEmitter };
  told: string[];
  publish: () => void;
} {
  const told: string[] = [];
  const subscriber = new EventEmitter();
  let notify = (): void => void subscriber.emit('message', 'changes', 'now');
  const methods = {
    connect: async () => void told.push('connect'),
    destroy: () => void told.push('destroy'),
    subscribe: async (channel: string, listener: () => void) => {
      told.push(`subscribe ${channel}`);
      notify = listener;
    },
  };
  const older = {
    disconnect: () => void told.push('disconnect'),
    subscribe: async (channel: string) => void told.push(`subscribe ${channel}`),
  };
  const duplicate = (): EventEmitter => Object.assign(subscriber, kind === 'redis' ? methods : older);
  const get = async (key: string): Promise<string | null> => (key === 'flags' ? value : null);
  const client = { get, duplicate, ...(kind === 'redis' ? { isOpen: true } : { status: 'ready' }) };
  return { client, told, publish: () => notify() };
}

test.each([
  [
    'redis',
    () => redisSource({ client: { ...redisClient('redis').client, get: hanging }, key: 'flags', timeoutMs: 20 }),
  ],
  ['postgres', () => postgresSource({ client: { query: hanging, on: hanging } as never, timeoutMs: 20 })],
  ['storage', () => storageSource({ getItem: hanging }, 'flags', { timeoutMs: 20 })],
] as const)('a client of %s that never answers is not waited for', async (_kind, sourceOf) => {
  await expect(sourceOf().load(undefined, never)).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: expect.stringMatching(/did not answer within 20 ms/) as string,
  });
});

test.each([
  ['redis', ['connect', 'subscribe changes', 'destroy']],
  ['ioredis', ['subscribe changes', 'disconnect']],
] as const)('a message on the channel is a notice, with a client of %s', async (kind, expected) => {
  const { client, told, publish } = redisClient(kind);
  const source = redisSource({ client, key: 'flags', channel: 'changes' });
  const following = new AbortController();
  let notices = 0;
  await source.watch?.(() => notices++, following.signal);
  publish();
  expect(notices).toBe(1);
  // errors of the duplicate are nobody's, and a connection that came back may have missed something
  client.duplicate().emit('error', new Error('gone'));
  client.duplicate().emit('ready');
  expect(notices).toBe(2);
  following.abort();
  expect(told).toEqual(expected);
});

test('without a channel nothing listens', async () => {
  const { client, told } = redisClient('redis');
  await redisSource({ client, key: 'flags' }).watch?.(() => undefined, never);
  expect(told).toEqual([]);
});

test.each([
  ['a key that is not there', null, 'SOURCE_UNAVAILABLE'],
  ['an empty text', ' ', 'SOURCE_INVALID'],
])('%s is a failure, not an empty set of flags', async (_name, value, code) => {
  const { client } = redisClient('redis', value);
  await expect(redisSource({ client, key: 'flags' }).load(undefined, never)).rejects.toMatchObject({ code });
});

test('the same content is no change', async () => {
  const source = redisSource({ client: redisClient('redis').client, key: 'flags' });
  const loaded = (await source.load(undefined, never)) as LoadedFlags;
  expect(await source.load(loaded.version, never)).toBe('unchanged');
});

test.each([
  ['flags', flags, 'json'],
  ['flags', 'flag: {}', 'yaml'],
  ['prod:flags.toml', 'flag = 1', 'toml'],
])('the document under %s is read by extension or looks', async (key, text, format) => {
  const source = storageSource({ getItem: async () => text }, key);
  expect(await documentOf(source)).toEqual({ origin: `storage key ${key}`, format, text });
});

test('a storage may give decoded values, and tell of changes under the same key', async () => {
  let tell: (event: string, key: string) => void = () => undefined;
  let isWatched = false;
  const storage = {
    getItem: () => ({ flag: switchedTo(true) }),
    watch: async (onChange: typeof tell) => {
      tell = onChange;
      isWatched = true;
      return async () => void (isWatched = false);
    },
  };
  const source = storageSource(storage, 'prod/flags');
  const following = new AbortController();
  let notices = 0;
  await source.watch?.(() => notices++, following.signal);
  tell('update', 'prod:flags');
  tell('update', 'prod:other');
  expect(notices).toBe(1);
  expect(await documentOf(source)).toMatchObject({ definitions: { flag: switchedTo(true) } });
  following.abort();
  expect(isWatched).toBe(false);
});

/** A pool of `pg` whose query gives these rows. */
function pool(rows: readonly unknown[]): {
  client: never;
  queries: string[];
  listeners: EventEmitter[];
  gone: boolean[];
} {
  const [queries, listeners, gone]: [string[], EventEmitter[], boolean[]] = [[], [], []];
  const query = async (text: string): Promise<unknown> => {
    queries.push(text);
    return { rows };
  };
  const connect = async (): Promise<unknown> => {
    const listener = new EventEmitter();
    listeners.push(listener);
    return Object.assign(listener, { query, release: (isBroken: boolean) => void gone.push(isBroken) });
  };
  return {
    client: Object.assign(new EventEmitter(), { query, connect, totalCount: 0 }) as never,
    queries,
    listeners,
    gone,
  };
}

test.each<[string, unknown[], object]>([
  [
    'a key and a definition',
    [{ name: 'flag', ruleset: switchedTo(true) }],
    { definitions: { flag: switchedTo(true) } },
  ],
  ['JSON in a text', [{ key: 'flag', value: '{"a":1}' }], { definitions: { flag: { a: 1 } } }],
  ['one whole document', [{ document: 'flag: {}' }], { format: 'yaml', text: 'flag: {}' }],
  ['no rows', [], { definitions: {} }],
])('rows of %s are a document', async (_name, rows, expected) => {
  expect(await documentOf(postgresSource({ client: pool(rows).client }))).toMatchObject(expected);
});

test.each<[string, unknown[]]>([
  ['several rows of one column', [{ a: '{}' }, { a: '{}' }]],
  ['keys that are no texts', [{ a: 1, b: {} }]],
  ['definitions that are no JSON', [{ a: 'flag', b: '{' }]],
])('%s are refused', async (_name, rows) => {
  const source = postgresSource({ client: pool(rows).client });
  await expect(source.load(undefined, never)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('a notice on the channel is one, and a connection of the pool is given back in the end', async () => {
  const { client, queries, listeners, gone } = pool([]);
  const source = postgresSource({ client, channel: 'flag "changes"' });
  const following = new AbortController();
  let notices = 0;
  await source.watch?.(() => notices++, following.signal);
  expect(queries).toEqual(['LISTEN "flag ""changes"""']);
  listeners[0]?.emit('notification', { channel: 'other' });
  listeners[0]?.emit('notification', { channel: 'flag "changes"' });
  expect(notices).toBe(1);
  following.abort();
  await settled();
  expect(gone).toEqual([true]);
  // what still comes from the connection hurts nobody
  listeners[0]?.emit('error', new Error('late'));
});

test('a connection that is lost is replaced after a second, one that is lost before it listens too', async () => {
  jest.useFakeTimers();
  const following = new AbortController();
  try {
    const { client, listeners, gone } = pool([]);
    let notices = 0;
    const watching = postgresSource({ client, channel: 'changes' }).watch?.(() => notices++, following.signal);
    const failure = expect(watching).rejects.toThrow('the connection was lost');
    // the connection is there, the answer to LISTEN is not
    await Promise.resolve();
    listeners[0]?.emit('error', new Error('reset'));
    await failure;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([listeners.length, notices]).toEqual([2, 1]);
    listeners[1]?.emit('end');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([listeners.length, notices]).toEqual([3, 2]);
    listeners[2]?.emit('notification', { channel: 'changes' });
    expect(notices).toBe(3);
    following.abort();
    expect(gone).toEqual([true, true, true]);
  } finally {
    following.abort();
    jest.useRealTimers();
  }
});

test('options that are wrong are refused at once', () => {
  expect(() => redisSource({ client: {} as never, key: '' })).toThrow(/client: .*\n.*key: /);
  expect(() => postgresSource({ client: undefined as never })).toThrow(/client: found nothing/);
  expect(() => storageSource({} as never, undefined as never)).toThrow(/storage: .*\n.*key: /);
});
