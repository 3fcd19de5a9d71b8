import { EventEmitter } from 'node:events';
import { settled } from '@halyard/testkit';
import type { Source } from '../../src/index.ts';
import { postgresSource } from '../../src/sources-postgres.ts';
import { redisSource } from '../../src/sources-redis.ts';
import { storageSource } from '../../src/sources-storage.ts';

const nothing = (): void => undefined;

/** Does what is given to it to do, once it is told to. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly pass = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));
  get isWaitedAt(): boolean {
    return this.#waiting.length > 0;
  }
  open(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A client of Redis with a duplicate whose every step takes until the gate is opened. */
function slowRedis(
  kind: 'redis' | 'ioredis',
  gate: Gate,
): { source: Source; isConnected: () => boolean; steps: string[] } {
  const steps: string[] = [];
  let isConnected = kind === 'ioredis';
  const end = (): void => void (isConnected = false);
  const subscriber = Object.assign(new EventEmitter(), {
    connect: async () => {
      steps.push('connect');
      await gate.pass();
      isConnected = true;
    },
    subscribe: async () => {
      steps.push('subscribe');
      await gate.pass();
    },
    ...(kind === 'redis' ? { destroy: end } : { disconnect: end }),
  });
  const duplicate = async (): Promise<EventEmitter> => {
    await gate.pass();
    return subscriber;
  };
  const client = { get: async () => null, duplicate, ...(kind === 'redis' && { isOpen: true }) };
  return { source: redisSource({ client, key: 'flags', channel: 'changes' }), isConnected: () => isConnected, steps };
}

/** A pool of `pg` with connections that take until the gate is opened. */
function slowPool(gate: Gate): { source: Source; taken: () => number } {
  let taken = 0;
  const connect = async (): Promise<unknown> => {
    taken++;
    await gate.pass();
    return Object.assign(new EventEmitter(), { query: gate.pass, release: () => void taken-- });
  };
  const client = Object.assign(new EventEmitter(), { query: gate.pass, connect, totalCount: 0 }) as never;
  return { source: postgresSource({ client, channel: 'changes' }), taken: () => taken };
}

/** Follows a source, and stops when the gate was opened so many times. */
async function followUntil(source: Source, gate: Gate, opened: number): Promise<void> {
  const following = new AbortController();
  const watching = source.watch?.(nothing, following.signal);
  for (let step = 0; step < opened; step++) {
    await settled();
    gate.open();
  }
  await settled();
  following.abort();
  while (gate.isWaitedAt) {
    gate.open();
    await settled();
  }
  await watching;
}

test.each(['redis', 'ioredis'] as const)(
  'whenever nobody follows any more, a duplicate of %s is ended',
  async (kind) => {
    for (const opened of [0, 1, 2, 3]) {
      const gate = new Gate();
      const { source, isConnected, steps } = slowRedis(kind, gate);
      await followUntil(source, gate, opened);
      expect([opened, isConnected()]).toEqual([opened, false]);
      // and nothing is begun any more
      const all = kind === 'redis' ? ['connect', 'subscribe'] : ['subscribe'];
      expect(steps).toEqual(all.slice(0, opened));
    }
  },
);

test('whenever nobody follows any more, a connection of the pool is given back', async () => {
  for (const opened of [0, 1, 2]) {
    const gate = new Gate();
    const { source, taken } = slowPool(gate);
    await followUntil(source, gate, opened);
    expect([opened, taken()]).toEqual([opened, 0]);
  }
});

test('a connection that fails when nobody follows any more is nothing to tell of', async () => {
  const connect = async (): Promise<never> => {
    await Promise.resolve();
    throw new Error('refused');
  };
  const client = Object.assign(new EventEmitter(), { query: connect, connect, totalCount: 0 }) as never;
  const following = new AbortController();
  const watching = postgresSource({ client, channel: 'changes' }).watch?.(nothing, following.signal);
  following.abort();
  await watching;
});

test.each<[string, unknown]>([
  ['throws', () => raise()],
  ['rejects', async () => raise()],
  ['is null', null],
  ['is no function', {}],
])('a storage whose end of watching %s is left all the same', async (_name, unwatch) => {
  const storage = { getItem: () => null, watch: async () => unwatch as () => unknown };
  const following = new AbortController();
  await storageSource(storage, 'flags').watch?.(nothing, following.signal);
  following.abort();
  await settled();
});

test('a storage that begins to watch when nobody follows any more is left at once, and tells nobody', async () => {
  const gate = new Gate();
  let isWatched = true;
  let [notices, tell] = [0, (_event: string, _key: string): void => undefined];
  const storage = {
    getItem: () => null,
    async watch(onChange: typeof tell) {
      tell = onChange;
      await gate.pass();
      return () => void (isWatched = false);
    },
  };
  const following = new AbortController();
  const watching = storageSource(storage, 'flags').watch?.(() => notices++, following.signal);
  following.abort();
  tell('update', 'flags');
  gate.open();
  await watching;
  expect([isWatched, notices]).toEqual([false, 0]);
});

function raise(): never {
  throw new Error('no');
}
