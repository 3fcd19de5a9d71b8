import { RemoteProvider } from '@halyard/provider-remote';
import { eventually } from '@halyard/testkit';
import { closeAll, started } from './provider-bench.ts';

afterEach(closeAll);

const ada = { targetingKey: 'ada', email: 'canary@example.test' };

test('an answer is asked for once, and kept for its context, whatever the order of attributes', async () => {
  const { relay, client } = await started();
  expect(await client.getBooleanDetails('flag', false, ada)).toMatchObject({
    value: true,
    variant: 'on',
    reason: 'TARGETING_MATCH',
  });
  const again = await client.getBooleanDetails('flag', false, { email: ada.email, targetingKey: 'ada' });
  expect(again).toMatchObject({ value: true, variant: 'on', reason: 'CACHED' });
  await client.getBooleanValue('flag', false, { targetingKey: 'bob' });
  expect(relay.timesAsked('flag')).toBe(2);
});

test('each kind has its resolver, and a wrong kind is a mismatch', async () => {
  const { relay, client } = await started();
  const values = { text: 'a', number: 1.5, object: { a: [1] }, list: [1, 2], nothing: null };
  for (const [key, value] of Object.entries(values)) relay.flags.set(key, { value });
  expect(await client.getStringValue('text', '', ada)).toBe('a');
  expect(await client.getNumberValue('number', 0, ada)).toBe(1.5);
  expect(await client.getObjectValue('object', {}, ada)).toEqual({ a: [1] });
  expect(await client.getObjectValue('list', [], ada)).toEqual([1, 2]);
  const mismatch = { value: 7, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
  for (const key of ['text', 'object', 'nothing', 'flag']) {
    expect(await client.getNumberDetails(key, 7, ada)).toMatchObject(mismatch);
  }
});

test('object values cannot be changed by those who are given them', async () => {
  const { relay, client } = await started();
  relay.flags.set('object', { value: { inner: { list: [1] } } });
  const value = (await client.getObjectValue('object', {}, ada)) as { inner: { list: number[] } };
  expect(() => value.inner.list.push(2)).toThrow(TypeError);
  expect(await client.getObjectValue('object', {}, ada)).toEqual({ inner: { list: [1] } });
});

test('a disabled flag answers the default of the caller, each its own', async () => {
  const { relay, client } = await started();
  relay.flags.set('off', { value: null, reason: 'DISABLED', variationType: 'SdkDefault' });
  expect(await client.getStringDetails('off', 'mine', ada)).toMatchObject({ value: 'mine', reason: 'DISABLED' });
  expect(await client.getStringDetails('off', 'yours', ada)).toMatchObject({ value: 'yours', reason: 'CACHED' });
  expect((await client.getStringDetails('off', 'yours', ada)).errorCode).toBeUndefined();
});

test.each([
  ['FLAG_NOT_FOUND', 'FLAG_NOT_FOUND'],
  ['TARGETING_KEY_MISSING', 'TARGETING_KEY_MISSING'],
  ['FLAG_CONFIG', 'GENERAL'],
  ['GENERAL', 'GENERAL'],
  ['SOMETHING_NEW', 'GENERAL'],
])("the relay's error %s is %s", async (errorCode, expected) => {
  const { relay, client } = await started();
  relay.flags.set('bad', {
    value: null,
    reason: 'ERROR',
    failed: true,
    errorCode,
    cacheable: false,
    metadata: { owner: 'me' },
  });
  expect(await client.getBooleanDetails('bad', true, ada)).toMatchObject({
    value: true,
    reason: 'ERROR',
    errorCode: expected,
    flagMetadata: { owner: 'me' },
  });
});

test('what the relay does not mark as cacheable is asked for each time', async () => {
  const { relay, client } = await started();
  relay.flags.set('timed', { value: true, cacheable: false });
  for (let time = 0; time < 3; time++) {
    expect(await client.getBooleanDetails('timed', false, ada)).toMatchObject({ reason: 'TARGETING_MATCH' });
  }
  expect(relay.timesAsked('timed')).toBe(3);
});

test('equal questions at one time share one request', async () => {
  const { relay, client } = await started();
  const values = await Promise.all([...Array(20)].map(() => client.getBooleanValue('flag', false, ada)));
  expect(values).toEqual(Array(20).fill(true));
  expect(relay.timesAsked('flag')).toBe(1);
});

test('version and metadata arrive', async () => {
  const { relay, client } = await started();
  relay.flags.set('rich', {
    value: true,
    version: '1.2',
    metadata: { owner: 'team', nested: { a: 1 }, evaluatedRuleName: 'r' },
  });
  const { flagMetadata } = await client.getBooleanDetails('rich', false, ada);
  expect(flagMetadata).toEqual({ owner: 'team', evaluatedRuleName: 'r', version: '1.2' });
});

test('a notice drops exactly the flags it names; the next evaluation has the new value', async () => {
  const { relay, client, told } = await started();
  await client.getBooleanValue('flag', false, ada);
  await client.getStringValue('other', '', ada);
  const before = relay.timesAsked('other');
  relay.change({ flag: { value: false } });
  await eventually('the change is told', () => told.some(({ event }) => event === 'flagsUpdated'));
  expect(await client.getBooleanDetails('flag', true, ada)).toMatchObject({ value: false, reason: 'TARGETING_MATCH' });
  expect(await client.getStringDetails('other', '', ada)).toMatchObject({ reason: 'CACHED' });
  expect(relay.timesAsked('other')).toBe(before);
  expect(told).toEqual([
    { event: 'flagsUpdated', details: { flags: ['flag'] } },
    { event: 'flagChanged', details: { flag: 'flag', before: { value: true }, after: { value: false } } },
  ]);
});

test('a cache can be left out, cleared, and refreshed', async () => {
  const { relay, provider, client } = await started();
  await client.getBooleanValue('flag', false, ada);
  provider.clearCache();
  await client.getBooleanValue('flag', false, ada);
  await provider.refresh();
  await client.getBooleanValue('flag', false, ada);
  expect(relay.timesAsked('flag')).toBe(3);
  expect(provider.stats().cache).toMatchObject({ hits: 0, misses: 3, size: 1 });
  await closeAll();
  const bare = await started({ cache: false });
  await bare.client.getBooleanValue('flag', false, ada);
  await bare.client.getBooleanValue('flag', false, ada);
  expect(bare.relay.timesAsked('flag')).toBe(2);
});

test('an answer ages while nobody tells of changes', async () => {
  const { relay, client } = await started({ changes: 'off', cache: { ttlMs: 0 } });
  await client.getBooleanValue('flag', false, ada);
  expect(await client.getBooleanDetails('flag', false, ada)).toMatchObject({ reason: 'TARGETING_MATCH' });
  expect(relay.timesAsked('flag')).toBe(2);
});

test('a snapshot is one round trip, and its answers agree', async () => {
  const { relay, provider } = await started();
  const snapshot = await provider.snapshot(ada);
  relay.change({ flag: { value: false } });
  expect(snapshot.boolean('flag', false)).toBe(true);
  expect(snapshot.string('other', '')).toBe('blue');
  expect(snapshot.details('missing', 1)).toMatchObject({ value: 1, errorCode: 'FLAG_NOT_FOUND' });
  expect(snapshot.keys()).toEqual(['flag', 'other']);
  expect(relay.asked.filter(({ path }) => path === '/v1/allflags')).toHaveLength(1);
  expect(await provider.evaluateAll(ada)).toMatchObject({ flag: { value: false }, other: { value: 'blue' } });
});

test('contexts that cannot be sent are told apart, and ask nobody', async () => {
  const { relay, provider, client } = await started();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  expect(await client.getBooleanDetails('flag', false, circular as never)).toMatchObject({
    errorCode: 'INVALID_CONTEXT',
  });
  const snapshot = await provider.snapshot(circular);
  expect(snapshot.details('flag', false)).toMatchObject({ value: false, errorCode: 'INVALID_CONTEXT' });
  expect(relay.timesAsked('flag')).toBe(0);
});

test('one provider may serve two domains, and is closed once for all', async () => {
  const { relay, provider } = await started();
  await Promise.all([provider.initialize(), provider.initialize()]);
  await Promise.all([provider.onClose(), provider.onClose()]);
  expect(await provider.resolveBooleanEvaluation('flag', true, ada)).toMatchObject({
    value: true,
    errorCode: 'PROVIDER_NOT_READY',
  });
  expect(provider.status()).toMatchObject({ state: 'closed' });
  await provider.initialize();
  expect(await provider.resolveBooleanEvaluation('flag', false, ada)).toMatchObject({ value: true });
  expect(relay.timesAsked('flag')).toBe(1);
});

test('the name is fixed, and hooks are told that usage is collected', () => {
  expect(new RemoteProvider().metadata).toEqual({ name: 'halyard-remote', usageData: 'collected' });
  expect(new RemoteProvider({ collect: false }).metadata).toEqual({ name: 'halyard-remote' });
});
