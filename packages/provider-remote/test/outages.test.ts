import type { ServerResponse } from 'node:http';
import { RemoteProvider } from '@halyard/provider-remote';
import { eventually } from '@halyard/testkit';
import { OpenFeature, ProviderStatus } from '@openfeature/server-sdk';
import { closeAll, providerFor, scriptedRelay, started } from './provider-bench.ts';

afterEach(closeAll);

const ada = { targetingKey: 'ada' };

test('a relay that dies: what is kept is served, the rest is the default, and all heals by itself', async () => {
  const { relay, provider, client, told, logger } = await started({ cache: { ttlMs: 0 } });
  await client.getBooleanValue('flag', false, ada);
  await relay.kill();
  await eventually('the provider is STALE', () => client.providerStatus === ProviderStatus.STALE);
  const kept = (): Promise<unknown> => client.getBooleanDetails('flag', false, ada);
  // until the stream is given up, every change would have been told, and the answer counts as fresh
  await eventually('the answer is marked', async () => ((await kept()) as { reason: string }).reason === 'STALE');
  expect(await kept()).toMatchObject({ value: true, variant: 'on', reason: 'STALE' });
  expect(await client.getStringDetails('other', 'mine', ada)).toMatchObject({
    value: 'mine',
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: expect.stringContaining('ECONNREFUSED') as string,
  });
  expect(provider.status()).toMatchObject({ state: 'stale', lastError: { code: 'NETWORK_FAILED' } });
  relay.flags.set('flag', { value: false });
  await relay.open();
  await eventually('the provider is READY', () => client.providerStatus === ProviderStatus.READY);
  await eventually('the change is noticed', () => told.some(({ event }) => event === 'flagsUpdated'));
  expect(await client.getBooleanDetails('flag', true, ada)).toMatchObject({ value: false, reason: 'TARGETING_MATCH' });
  const states = told.map(({ event }) => event).filter((event) => event === 'stale' || event === 'ready');
  expect(states).toEqual(['stale', 'ready']);
  expect(logger.entries.filter(({ level }) => level === 'warn').length).toBeLessThan(5);
});

test('while the relay is dead nobody waits for it who has a kept answer', async () => {
  const { relay, client, provider } = await started({ cache: { ttlMs: 0 }, timeoutMs: 20_000 });
  await client.getBooleanValue('flag', false, ada);
  relay.misbehave = (path) => path.startsWith('/v1');
  const refreshed = provider.refresh().catch(() => undefined);
  await relay.kill();
  await refreshed;
  const results = await Promise.all([...Array(500)].map(() => client.getBooleanDetails('flag', false, ada)));
  expect(results.every(({ value, reason }) => value && reason === 'STALE')).toBe(true);
});

test('an evaluation takes no longer than its limit, also when the answer stalls half-way', async () => {
  const { relay, client } = await started({ timeoutMs: 200 });
  relay.misbehave = (path, response) => path.startsWith('/v1/feature') && response.writeHead(200).write('{"value":');
  expect(await client.getBooleanDetails('flag', true, ada)).toMatchObject({
    value: true,
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: expect.stringContaining('200 ms') as string,
  });
});

test.each([
  ['an HTML page', 200, '<html><body>Sign in, canary</body></html>', 'PARSE_ERROR'],
  ['nothing', 200, '', 'PARSE_ERROR'],
  ['half an answer', 200, '{"value":tr', 'PARSE_ERROR'],
  ['a failure', 502, 'Bad Gateway', 'GENERAL'],
  ['a list', 200, '[]', 'PARSE_ERROR'],
])('%s instead of an answer is an error with the default', async (_what, status, body, errorCode) => {
  const { relay, client } = await started();
  relay.misbehave = (path, response) => path.startsWith('/v1/feature') && Boolean(response.writeHead(status).end(body));
  expect(await client.getBooleanDetails('flag', true, ada)).toMatchObject({ value: true, reason: 'ERROR', errorCode });
});

test('a relay that wants to be left alone is', async () => {
  const { relay, client, told } = await started();
  relay.misbehave = (path, response) =>
    path.startsWith('/v1/feature') && Boolean(response.writeHead(429, { 'retry-after': '60' }).end());
  for (let time = 0; time < 10; time++) {
    expect(await client.getBooleanDetails('flag', true, ada)).toMatchObject({ value: true, errorCode: 'GENERAL' });
  }
  expect(relay.timesAsked('flag')).toBe(1);
  expect(told).toContainEqual({ event: 'rateLimited', details: { retryAfterMs: expect.any(Number) as number } });
});

test('without a relay the start fails in time, and heals by itself with one READY', async () => {
  const relay = await scriptedRelay();
  await relay.kill();
  const { provider, told } = providerFor(relay, { initTimeoutMs: 300 });
  await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({ code: 'GENERAL' });
  const client = OpenFeature.getClient();
  expect(client.providerStatus).toBe(ProviderStatus.ERROR);
  expect(provider.status()).toMatchObject({ state: 'failed', lastError: { code: 'NETWORK_FAILED' } });
  expect(await client.getBooleanDetails('flag', false, ada)).toMatchObject({ value: false, errorCode: 'GENERAL' });
  await relay.open();
  await eventually('the provider is READY', () => client.providerStatus === ProviderStatus.READY);
  expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
  expect(told.filter(({ event }) => event === 'ready')).toHaveLength(1);
});

test('a relay that comes a little later is waited for', async () => {
  const relay = await scriptedRelay();
  await relay.kill();
  const { provider, told } = providerFor(relay, { initTimeoutMs: 20_000 });
  const set = OpenFeature.setProviderAndWait(provider);
  await eventually('the first failure', () => told.length > 0);
  await relay.open();
  await set;
  expect(await OpenFeature.getClient().getBooleanValue('flag', false, ada)).toBe(true);
});

test('a provider that shall fail gives up for good', async () => {
  const relay = await scriptedRelay();
  await relay.kill();
  const { provider } = providerFor(relay, { initTimeoutMs: 100, onInitFailure: 'fail' });
  await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({ code: 'PROVIDER_FATAL' });
  expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.FATAL);
});

test('a wrong key is told at once, without showing it, and a mended one heals', async () => {
  const relay = await scriptedRelay();
  relay.misbehave = (_path, response) =>
    relay.asked.at(-1)?.headers.authorization !== 'Bearer right' &&
    Boolean(response.writeHead(401).end('{"message":"invalid key"}'));
  let key = 'canary';
  const { provider, logger } = providerFor(relay, { apiKey: () => key, initTimeoutMs: 60_000, changes: 'off' });
  await expect(OpenFeature.setProviderAndWait(provider)).rejects.toThrow('apiKey');
  const client = OpenFeature.getClient();
  const { errorMessage } = await client.getBooleanDetails('flag', false, ada);
  expect(errorMessage).toContain('apiKey');
  key = 'right';
  expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
  await eventually('the provider is READY', () => client.providerStatus === ProviderStatus.READY);
  expect(JSON.stringify([logger.entries, errorMessage])).not.toContain('canary');
});

test('closing while starting ends the start', async () => {
  const relay = await scriptedRelay();
  await relay.kill();
  const { provider } = providerFor(relay, { initTimeoutMs: 60_000 });
  const starting = provider.initialize();
  await provider.onClose();
  await expect(starting).rejects.toMatchObject({ code: 'PROVIDER_NOT_READY' });
  await relay.open();
  await provider.initialize();
  expect(await provider.resolveBooleanEvaluation('flag', false, ada)).toMatchObject({ value: true });
  await provider.onClose();
});

test('questions that are on their way when the provider is closed get an answer', async () => {
  const { relay, provider } = await started({ timeoutMs: 60_000 });
  relay.misbehave = (path) => path.startsWith('/v1/feature');
  const asked = provider.resolveBooleanEvaluation('flag', true, ada);
  await eventually('the question is there', () => relay.timesAsked('flag') === 1);
  await provider.onClose();
  expect(await asked).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'PROVIDER_NOT_READY' });
});

test('a snapshot without a relay answers what is kept, and says why for the rest', async () => {
  const { relay, provider, client } = await started();
  await client.getBooleanValue('flag', false, ada);
  await relay.kill();
  const snapshot = await provider.snapshot(ada);
  expect(snapshot.details('flag', false)).toMatchObject({ value: true, reason: 'STALE' });
  expect(snapshot.details('other', 'mine')).toMatchObject({ value: 'mine', reason: 'ERROR', errorCode: 'GENERAL' });
  expect(await provider.evaluateAll(ada)).toEqual({});
  await expect(provider.refresh()).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
});

test('before the start and after the end nothing is asked', async () => {
  const provider = new RemoteProvider();
  expect(await provider.resolveBooleanEvaluation('flag', true, ada)).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
  expect((await provider.snapshot()).details('flag', 1)).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
  await expect(provider.refresh()).rejects.toMatchObject({ code: 'CLOSED' });
  await provider.onClose();
});

test('trouble that comes and goes with each evaluation is told once', async () => {
  const { relay, client, told, logger } = await started({ cache: false });
  relay.flags.set('broken', { value: true });
  relay.misbehave = (path, response) => path.includes('/broken/') && Boolean(response.writeHead(500).end());
  for (let time = 0; time < 100; time++) {
    await client.getBooleanValue('broken', false, ada);
    expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
  }
  expect(told.filter(({ event }) => event === 'error')).toHaveLength(1);
  expect(logger.entries.filter(({ level }) => level !== 'debug').length).toBeLessThan(5);
});

test('a collector that wants to be left alone costs no evaluation', async () => {
  const { relay, provider, client } = await started();
  relay.misbehave = (path, response) =>
    path.includes('collector') && Boolean(response.writeHead(429, { 'retry-after': '60' }).end());
  client.track('paid', ada);
  expect(await provider.flush()).toEqual({ sent: 0, left: 1 });
  expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
  expect(provider.status()).toMatchObject({ state: 'ready' });
});

test('an old answer of a replica that lags behind is not kept for ever', async () => {
  const { relay, client } = await started();
  await client.getBooleanValue('flag', false, ada);
  const lagging = (path: string, response: ServerResponse): boolean => {
    if (!path.startsWith('/v1/feature/flag')) return false;
    const old = { value: true, variationType: 'on', reason: 'STATIC', cacheable: true, failed: false, errorCode: '' };
    response.writeHead(200).end(JSON.stringify({ ...old, version: '', trackEvents: true }));
    return true;
  };
  relay.misbehave = lagging;
  relay.change({ flag: { value: false } });
  await eventually('the old answer is asked for again', async () => {
    await client.getBooleanValue('flag', false, ada);
    return relay.timesAsked('flag') > 1;
  });
  relay.misbehave = () => false;
  await eventually('the new answer is served', async () => !(await client.getBooleanValue('flag', true, ada)));
});

test('evaluations under way when the provider is replaced still get their answer', async () => {
  const { relay, provider } = await started();
  let answer: () => void = () => undefined;
  relay.misbehave = (path, response) => {
    if (!path.startsWith('/v1/feature')) return false;
    const body = { value: true, variationType: 'on', reason: 'STATIC', cacheable: true, failed: false, errorCode: '' };
    answer = () => response.writeHead(200).end(JSON.stringify({ ...body, version: '', trackEvents: true }));
    return true;
  };
  const asked = provider.resolveBooleanEvaluation('flag', false, ada);
  await eventually('the question is there', () => relay.timesAsked('flag') === 1);
  const closed = provider.onClose();
  answer();
  expect(await asked).toMatchObject({ value: true, reason: 'STATIC' });
  await closed;
});
