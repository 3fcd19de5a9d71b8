import type { Transport } from '@halyard/core';
import { isHalyardError } from '@halyard/core';
import { ManualClock } from '@halyard/testkit';
import type { ApiKey, RelayClient } from '../../src/index.ts';
import { createRelayClient, parseEndpoint } from '../../src/index.ts';
import { flagIsOn } from '../relay-answers.ts';

const context = { targetingKey: 'canary-user', email: 'canary@example.test' };
const apiKey = 'canary-key=';

function clientOver(transport: Transport, options: { apiKey?: ApiKey; clock?: ManualClock } = {}): RelayClient {
  const { clock = new ManualClock() } = options;
  const endpoint = parseEndpoint('http://relay');
  return createRelayClient({ endpoint, apiKey, ...options, transport, timeoutMs: 5_000, protocol: 'goff', clock });
}

async function failureText(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return isHalyardError(error) ? `${error.message} ${JSON.stringify(error.details)}` : 'unexpected';
  }
  return 'none';
}

test.each([
  ['the whole request', (body: string) => body],
  ['a user', () => 'no rights for canary-user here'],
  ['an attribute', () => 'canary@example.test is unknown'],
  ['the key', () => `wrong: ${apiKey}`],
  ['the key in an address', () => `/stream?apiKey=${encodeURIComponent(apiKey)}`],
  ['the key in base64', () => `Basic ${btoa(apiKey)}`],
])('a side that repeats %s is not quoted', async (_what, words) => {
  for (const status of [200, 400, 401, 500, 502]) {
    for (const wrap of [(text: string) => text, (text: string) => JSON.stringify({ message: text })]) {
      const transport: Transport = async ({ body = '' }) => ({ status, headers: {}, body: wrap(words(body)) });
      const text = await failureText(clientOver(transport).evaluate('flag', context));
      expect(text).not.toMatch(/canary|Y2FuYXJ5/);
      expect(text).not.toBe('none');
    }
  }
});

test('what repeats nothing is quoted', async () => {
  const transport: Transport = async () => ({ status: 502, headers: {}, body: '{"message":"no healthy upstream"}' });
  expect(await failureText(clientOver(transport).evaluate('flag', context))).toContain('no healthy upstream');
});

test('a key function that never answers is asked again by the next request', async () => {
  const clock = new ManualClock();
  const keys = [new Promise<string>(() => undefined), Promise.resolve('good')];
  const client = clientOver(async () => ({ status: 200, headers: {}, body: JSON.stringify(flagIsOn) }), {
    apiKey: () => keys.shift() as Promise<string>,
    clock,
  });
  const first = failureText(client.evaluate('flag', context));
  await clock.pass(5_000);
  expect(await first).toContain('5000 ms');
  expect((await client.evaluate('flag', context)).resolution.value).toBe(true);
});

test('a collector that wants to be left alone says nothing about evaluations, but a relay does about both', async () => {
  const busy = new Set(['/v1/data/collector']);
  const transport: Transport = async ({ url }) => {
    const isBusy = busy.has(new URL(url).pathname);
    return { status: isBusy ? 429 : 200, headers: { 'retry-after': '60' }, body: JSON.stringify(flagIsOn) };
  };
  const client = clientOver(transport);
  const batch = { meta: {}, events: [] };
  expect(await failureText(client.collect(batch))).toContain('60000');
  expect((await client.evaluate('flag', context)).resolution.value).toBe(true);
  const other = clientOver(transport);
  busy.clear();
  busy.add('/v1/feature/flag/eval');
  expect(await failureText(other.evaluate('flag', context))).toContain('60000');
  expect(await failureText(other.collect(batch))).toContain('60000');
});
