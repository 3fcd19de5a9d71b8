import { settled } from '@halyard/testkit';
import { bench } from './follower-bench.ts';

const key = 'canary+/=&? key';

test('the key arrives as it is, in the query only', async () => {
  const { follower, websocket } = bench({ apiKey: key });
  follower.start();
  await settled();
  const { url } = websocket.last;
  expect(url.href).toBe('ws://relay.test/flags/stream/v1/ws/flag/change?apiKey=canary%2B%2F%3D%26%3F%20key');
});

test('without a key there is no query', async () => {
  const { follower, sse } = bench({ mode: 'sse' });
  follower.start();
  await settled();
  expect(sse.last.url.href).toBe('http://relay.test/flags/stream/v1/sse/flag/change');
});

test('a function is asked for the key before each connection', async () => {
  let asked = 0;
  const { follower, websocket, clock } = bench({ apiKey: async () => `key-${++asked}` });
  follower.start();
  await clock.pass(60_000);
  websocket.lose();
  await clock.pass(2_000);
  expect(websocket.attempts.map(({ url }) => url.searchParams.get('apiKey'))).toEqual(['key-1', 'key-2']);
});

test.each([
  [
    'throws',
    () => {
      throw new Error(key);
    },
  ],
  ['rejects', async () => Promise.reject(new Error(key))],
  ['returns no text', () => undefined as never],
  ['never answers', () => new Promise<string>(() => undefined)],
])('a function that %s leads to polling, without the key in any log', async (_name, apiKey) => {
  const { follower, websocket, clock, logger } = bench({ apiKey });
  follower.start();
  await clock.pass(60_000);
  expect(follower.mode).toBe('poll');
  expect(websocket.attempts).toEqual([]);
  expect(JSON.stringify(logger.entries)).not.toContain('canary');
});

test('the key is in no log, whatever becomes of the stream', async () => {
  const { follower, websocket, clock, logger, heard } = bench({ apiKey: key, mode: 'websocket' });
  follower.start();
  await clock.pass(20_000);
  websocket.last.events.message(`not what it should be: ${key}`);
  websocket.answer = () => ({ kind: 'refused', status: 404 });
  websocket.lose('ECONNRESET');
  await clock.pass(600_000);
  expect(logger.entries.length).toBeGreaterThan(2);
  expect(JSON.stringify([logger.entries, heard])).not.toContain('canary');
});
