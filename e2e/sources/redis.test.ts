import type { Source } from '@halyard/provider-local';
import { redisSource } from '@halyard/provider-local/sources/redis';
import { eventually } from '@halyard/testkit';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { closeProviders, documentOf, following, isOn } from './following.ts';
import { describeWithPrograms } from './real-programs.ts';
import { redisProgram, RedisServer } from './redis-server.ts';

jest.setTimeout(60_000);

/** One of the two clients: what the source is given, and what the test needs of it. */
interface Client {
  source(): Source;
  set(text: string): Promise<unknown>;
  remove(): Promise<unknown>;
  publish(): Promise<unknown>;
  close(): unknown;
}

async function nodeRedis(url: string): Promise<Client> {
  const client = createClient({ url, socket: { reconnectStrategy: 50 } });
  client.on('error', () => undefined);
  await client.connect();
  return {
    source: () => redisSource({ client, key: 'flags', channel: 'changes', pollIntervalMs: 0 }),
    set: (text) => client.set('flags', text),
    remove: () => client.del('flags'),
    publish: () => client.publish('changes', 'now'),
    close: () => client.destroy(),
  };
}

async function ioRedis(url: string): Promise<Client> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  return {
    source: () => redisSource({ client, key: 'flags', channel: 'changes', pollIntervalMs: 0 }),
    set: (text) => client.set('flags', text),
    remove: () => client.del('flags'),
    publish: () => client.publish('changes', 'now'),
    close: () => client.disconnect(),
  };
}

describeWithPrograms('a source in Redis', { 'redis-server': redisProgram }, () => {
  let server: RedisServer;
  let client: Client;

  beforeEach(async () => {
    server = new RedisServer();
    await server.start();
  });

  afterEach(async () => {
    await closeProviders();
    await client.close();
    await server.remove();
  });

  describe.each([
    ['redis', nodeRedis],
    ['ioredis', ioRedis],
  ])('with a client of %s', (_name, connected) => {
    test('a document that is set and announced is in force without a poll', async () => {
      client = await connected(server.url);
      await client.set(documentOf(false));
      const { provider } = await following(client.source());
      expect(isOn(provider)).toBe(false);
      await client.set(documentOf(true));
      await eventually('the change is in force', async () => {
        await client.publish();
        return isOn(provider);
      });
    });

    test('a key that is deleted takes no flag away', async () => {
      client = await connected(server.url);
      await client.set(documentOf(true));
      const { provider } = await following(client.source());
      await client.remove();
      await expect(provider.reload()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
      expect(isOn(provider)).toBe(true);
    });

    test('a Redis that goes away and comes back is listened to again', async () => {
      client = await connected(server.url);
      await client.set(documentOf(true));
      const { provider } = await following(client.source());
      await server.kill();
      expect(isOn(provider)).toBe(true);
      await server.start();
      await client.set(documentOf(false));
      await eventually('the change is in force', async () => {
        await client.publish();
        return !isOn(provider);
      });
    });
  });
});
