import type { UsageBatch, UsageExporter } from '@halyard/hooks';
import { LocalProvider } from '@halyard/provider-local';
import { recordingLogger } from '@halyard/testkit';
import { OpenFeature } from '@openfeature/server-sdk';

afterEach(() => OpenFeature.close());

class Memory implements UsageExporter {
  readonly batches: UsageBatch[] = [];
  async export(batch: UsageBatch): Promise<{ status: 'accepted' }> {
    this.batches.push(batch);
    return { status: 'accepted' };
  }
  get events(): readonly unknown[] {
    return this.batches.flatMap(({ events }) => events);
  }
}

const on = { variations: { on: true, off: false }, defaultRule: { variation: 'on' } };
const source = { counted: { ...on, version: '3' }, kept: { ...on, trackEvents: false }, off: { ...on, disable: true } };
const ada = { targetingKey: 'ada', email: 'canary@example.test' };

function open(collect: object = {}): { provider: LocalProvider; memory: Memory } {
  const memory = new Memory();
  const exporterMetadata = { app: 'shop' };
  const logger = recordingLogger();
  const provider = new LocalProvider({ source, collect: { exporter: memory, ...collect }, exporterMetadata, logger });
  return { provider, memory };
}

test('evaluations and tracking calls of the client arrive without a hook, with the exporter metadata', async () => {
  const { provider, memory } = open();
  await OpenFeature.setProviderAndWait(provider);
  const client = OpenFeature.getClient();
  await client.getBooleanValue('counted', false, ada);
  await client.getBooleanValue('kept', false, ada);
  await client.getBooleanValue('off', true, ada);
  await client.getStringValue('counted', 'none', ada);
  await client.getBooleanValue('missing', false, ada);
  client.track('paid', ada, { value: 3 });
  expect(await provider.flush()).toEqual({ sent: 5, left: 0 });
  const common = { kind: 'feature', contextKind: 'user', userKey: 'ada', source: 'INPROCESS' };
  expect(memory.events).toMatchObject([
    { ...common, key: 'counted', variation: 'on', value: true, default: false, version: '3' },
    { ...common, key: 'off', variation: 'SdkDefault', value: true, default: false },
    { ...common, key: 'counted', variation: 'SdkDefault', value: 'none', default: true },
    { ...common, key: 'missing', variation: 'SdkDefault', value: false, default: true },
    { kind: 'tracking', key: 'paid', userKey: 'ada', trackingEventDetails: { value: 3 }, evaluationContext: ada },
  ]);
  expect(memory.batches[0]?.meta).toEqual({ app: 'shop' });
  expect(JSON.stringify(memory.events.slice(0, 4))).not.toContain('canary');
});

test('direct evaluations and what is read of a snapshot arrive; evaluating all flags does not', async () => {
  const { provider, memory } = open();
  await provider.initialize();
  provider.evaluate('counted', false, ada);
  provider.evaluateAll(ada);
  const snapshot = provider.snapshot(ada);
  snapshot.boolean('counted', false);
  snapshot.toJSON();
  await provider.onClose();
  expect(memory.events).toHaveLength(2);
});

test('closing sends what is left; what comes later is taken by nobody until the provider starts again', async () => {
  const { provider, memory } = open();
  await provider.initialize();
  provider.evaluate('counted', false, ada);
  await provider.onClose();
  provider.evaluate('counted', false, ada);
  expect(provider.stats()).toEqual({ events: { sent: 1, left: 0, dropped: 0 } });
  await provider.initialize();
  provider.evaluate('counted', false, ada);
  await provider.onClose();
  expect(memory.events).toHaveLength(2);
});

test('a context that cannot be read costs its event, and no evaluation', async () => {
  const { provider } = open();
  await provider.initialize();
  const hostile = Object.defineProperty({}, 'targetingKey', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(provider.evaluate('counted', false, hostile)).toMatchObject({ value: true });
  expect(provider.evaluate('counted', false, null as never)).toMatchObject({ value: true });
  expect(provider.stats().events.dropped).toBe(2);
  await provider.onClose();
});

test('lost events are told', async () => {
  const { provider } = open({ maxBuffer: 1 });
  await provider.initialize();
  const told: unknown[] = [];
  provider.on('eventsDropped', (details) => told.push(details));
  for (let index = 0; index < 3; index++) provider.evaluate('counted', false, ada);
  await provider.flush();
  expect(told).toEqual([{ count: 2, why: 'the buffer is full' }]);
  await provider.onClose();
});

test('without an exporter nothing is collected, and hooks are told so', async () => {
  const provider = new LocalProvider({ source });
  expect(provider.metadata).toEqual({ name: 'halyard-local' });
  expect(open().provider.metadata).toEqual({ name: 'halyard-local', usageData: 'collected' });
  expect(await provider.flush()).toEqual({ sent: 0, left: 0 });
  expect(provider.stats()).toEqual({ events: { sent: 0, left: 0, dropped: 0 } });
});

test.each([[true], [{}], [{ exporter: {} }], [{ exporter: { export: () => undefined }, maxBatch: 0 }], ['relay']])(
  'collect: %j is refused',
  (collect) => {
    expect(() => new LocalProvider({ source, collect: collect as never })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('collect') as string }),
    );
  },
);
