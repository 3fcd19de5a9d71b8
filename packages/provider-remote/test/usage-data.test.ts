import { closeAll, started } from './provider-bench.ts';

afterEach(closeAll);

const ada = { targetingKey: 'ada', anonymous: true, email: 'canary@example.test' };

test('only what the relay could not count is told: kept answers, shared calls, failures', async () => {
  const { relay, provider, client } = await started({ exporterMetadata: { app: 'shop' } });
  await client.getBooleanValue('flag', false, ada);
  await client.getBooleanValue('missing', false, ada);
  expect(await provider.flush()).toEqual({ sent: 0, left: 0 });
  await client.getBooleanValue('flag', false, ada);
  await Promise.all([client.getStringValue('other', '', ada), client.getStringValue('other', '', ada)]);
  relay.misbehave = (path, response) => path.startsWith('/v1/feature') && Boolean(response.writeHead(500).end());
  await client.getBooleanValue('unreachable', true, ada);
  expect(await provider.flush()).toEqual({ sent: 3, left: 0 });
  const common = { kind: 'feature', contextKind: 'anonymousUser', userKey: 'ada', source: 'PROVIDER_CACHE' };
  expect(relay.collected).toMatchObject([
    { ...common, key: 'flag', variation: 'on', value: true, default: false },
    { ...common, key: 'other', variation: 'on', value: 'blue', default: false },
    { ...common, key: 'unreachable', variation: 'SdkDefault', value: true, default: true },
  ]);
  const [batch] = relay.asked.filter(({ path }) => path === '/v1/data/collector');
  expect(batch?.body['meta']).toEqual({ provider: 'halyard-remote', openfeature: true, app: 'shop' });
  expect(JSON.stringify(batch)).not.toContain('canary');
});

test('the exporter metadata goes with each question, where the relay looks for it', async () => {
  const { relay, provider, client } = await started({ exporterMetadata: { app: 'shop', build: 7 } });
  await client.getBooleanValue('flag', false, { ...ada, gofeatureflag: { exporterMetadata: { build: 8 } } });
  await provider.snapshot(ada);
  const sent = relay.asked.map(
    ({ body }) => body['evaluationContext'] as { custom?: { gofeatureflag?: unknown } } | undefined,
  );
  expect(sent.flatMap((context) => context?.custom?.gofeatureflag ?? [])).toEqual([
    { exporterMetadata: { app: 'shop', build: 8 } },
    { exporterMetadata: { app: 'shop', build: 7 } },
  ]);
});

test('a flag that wants to be kept out of the usage data is', async () => {
  const { relay, provider, client } = await started();
  relay.flags.set('quiet', { value: true, trackEvents: false });
  for (let time = 0; time < 3; time++) await client.getBooleanValue('quiet', false, ada);
  expect(await provider.flush()).toEqual({ sent: 0, left: 0 });
});

test('what is read of a snapshot is told, since the relay counts none of it', async () => {
  const { relay, provider } = await started();
  const snapshot = await provider.snapshot(ada);
  snapshot.boolean('flag', false);
  await provider.flush();
  expect(relay.collected).toMatchObject([{ key: 'flag', value: true }]);
});

test('tracking calls arrive, at the latest when the provider is closed', async () => {
  const { relay, provider, client } = await started();
  client.track('paid', ada, { value: 5, currency: 'EUR' });
  await provider.onClose();
  expect(relay.collected).toMatchObject([
    {
      kind: 'tracking',
      key: 'paid',
      evaluationContext: ada,
      trackingEventDetails: { value: 5, currency: 'EUR' },
    },
  ]);
});

test('usage data waits while the collector fails, and the rest goes on', async () => {
  const { relay, provider, client, told } = await started({ collect: { maxBuffer: 5 } });
  relay.misbehave = (path, response) => path.includes('collector') && Boolean(response.writeHead(503).end());
  for (let time = 0; time < 11; time++) await client.getBooleanValue('flag', false, ada);
  expect(await provider.flush()).toEqual({ sent: 0, left: 5 });
  expect(told.filter(({ event }) => event === 'eventsDropped')).toEqual([
    { event: 'eventsDropped', details: { count: 5, why: 'the buffer is full' } },
  ]);
  relay.misbehave = () => false;
  expect(await provider.flush()).toEqual({ sent: 5, left: 0 });
  expect(provider.stats().events).toEqual({ sent: 5, left: 0, dropped: 5 });
});

test.each([[413], [400]])('a batch that is answered with %d is sent in parts', async (status) => {
  const { relay, provider, client } = await started();
  await client.getBooleanValue('flag', false, ada);
  for (const name of ['a', 'b', 'poison', 'c']) client.track(name, ada);
  relay.misbehave = (path, response) => {
    const batch = relay.asked.at(-1)?.body['events'] as { key: string }[] | undefined;
    const isBad = path.includes('collector') && batch?.some(({ key }) => key === 'poison') === true;
    return isBad && Boolean(response.writeHead(status).end('{"message":"no"}'));
  };
  expect(await provider.flush()).toEqual({ sent: 3, left: 0 });
  expect(provider.stats().events.dropped).toBe(1);
});

test('nothing is collected if nobody wants it', async () => {
  const { relay, provider, client } = await started({ collect: false });
  await client.getBooleanValue('flag', false, ada);
  await client.getBooleanValue('flag', false, ada);
  client.track('paid', ada);
  expect(await provider.flush()).toEqual({ sent: 0, left: 0 });
  await provider.onClose();
  expect(relay.collected).toEqual([]);
});
