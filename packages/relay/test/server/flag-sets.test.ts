import { eventually, recordingLogger } from '@halyard/testkit';
import type { Relay, Source } from '@halyard/relay';
import { createRelay } from '@halyard/relay';
import type { Answer } from '../running-relay.ts';
import { ask, closeRelays, someFlags, startRelay } from '../running-relay.ts';

afterEach(closeRelays);

const flag = (value: string): object => ({ variations: { a: value }, defaultRule: { variation: 'a' } });
const notInASet = { message: 'error while getting flagset: flagset not found for API key' };

const withKey = (relay: Relay, key: string, target: string, method = 'POST'): Promise<Answer> =>
  ask(relay, target, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: { evaluationContext: {}, context: {}, events: [] } }),
  });

async function startSets(): Promise<Relay> {
  return startRelay({
    apiKeys: ['plain'],
    adminKeys: ['admin', 'one-admin'],
    flagSets: [
      { name: 'one', apiKeys: ['one', 'one-admin'], source: { shared: flag('first'), alone: flag('x') } },
      { name: 'two', apiKeys: ['two'], source: { shared: flag('second') } },
    ],
  });
}

test('the key chooses the flags', async () => {
  const relay = await startSets();
  const valueFor = async (key: string): Promise<unknown> => (await withKey(relay, key, '/v1/feature/shared/eval')).json;
  expect(await valueFor('one')).toMatchObject({ value: 'first' });
  expect(await valueFor('two')).toMatchObject({ value: 'second' });
  expect(relay.status().map(({ flagSet, flags }) => [flagSet, flags])).toEqual([
    ['one', 2],
    ['two', 1],
  ]);
});

test.each([
  '/v1/feature/shared/eval',
  '/v1/allflags',
  '/v1/flag/configuration',
  '/v1/data/collector',
  '/ofrep/v1/evaluate/flags/shared',
  '/ofrep/v1/evaluate/flags',
])('a key that opens the door and belongs to no set gets nothing from %s', async (target) => {
  const relay = await startSets();
  for (const key of ['plain', 'admin']) {
    expect(await withKey(relay, key, target)).toMatchObject({ status: 400, json: notInASet });
  }
  expect(await withKey(relay, 'wrong', target)).toMatchObject({ status: 401 });
});

test('an admin key refreshes the set that it also belongs to', async () => {
  const relay = await startSets();
  const refresh = (key: string): Promise<Answer> => withKey(relay, key, '/admin/v1/retriever/refresh');
  expect(await refresh('one-admin')).toMatchObject({ status: 200, json: { refreshed: true } });
  expect(await refresh('admin')).toMatchObject({ status: 400, json: notInASet });
  expect(await refresh('one')).toMatchObject({ status: 401 });
});

test('info tells of each set, and of the latest load', async () => {
  const relay = await startSets();
  const { cacheRefresh, flagsets } = (await ask(relay, '/info')).json as { cacheRefresh: string; flagsets: object };
  expect(Object.keys(flagsets)).toEqual(['one', 'two']);
  expect(Object.values(flagsets)).toContain(cacheRefresh);
});

/** A source that fails until it is given flags. */
function lateSource(): Source & { flags: Record<string, unknown> | undefined } {
  const source = {
    flags: undefined as Record<string, unknown> | undefined,
    pollIntervalMs: 20,
    describe: () => 'a late source',
    load: async () => {
      if (source.flags === undefined) throw new Error('not yet');
      return { version: '1', documents: [{ origin: 'late', definitions: source.flags }] };
    },
  };
  return source;
}

test('a set that cannot be loaded is left out until it can be', async () => {
  const source = lateSource();
  const relay = await startRelay({
    flagSets: [
      { name: 'good', apiKeys: ['good'], source: someFlags },
      { name: 'late', apiKeys: ['late'], source },
    ],
  });
  expect(await withKey(relay, 'late', '/v1/flag/change', 'GET')).toMatchObject({ status: 400, json: notInASet });
  expect((await withKey(relay, 'good', '/v1/flag/change', 'GET')).status).toBe(200);
  expect((await ask(relay, '/info')).json).not.toHaveProperty('flagsets.late');
  source.flags = { shared: flag('late') };
  await eventually(
    'the set is there',
    async () => (await withKey(relay, 'late', '/v1/flag/change', 'GET')).status === 200,
  );
});

test('if no set can be loaded there is nothing to serve', async () => {
  const flagSets = [{ name: 'late', apiKeys: ['late'], source: lateSource() }];
  await expect(createRelay({ flagSets, port: 0, logger: recordingLogger() })).rejects.toMatchObject({
    code: 'SOURCE_UNAVAILABLE',
  });
});
