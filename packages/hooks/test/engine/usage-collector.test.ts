import { errorOutcome } from '@halyard/core';
import { ManualClock, recordingLogger } from '@halyard/testkit';
import { EventPipeline } from '../../src/engine/event-pipeline.ts';
import { UsageCollector } from '../../src/engine/usage-collector.ts';
import { ScriptedExporter } from './scripted-exporter.ts';

function collect(attributes?: readonly string[]): { collector: UsageCollector; exporter: ScriptedExporter } {
  const exporter = new ScriptedExporter();
  const [clock, random] = [new ManualClock(1_700_000_000_999), (): number => 0];
  const limits = { flushIntervalMs: 60_000, maxBatch: 1_000, maxBuffer: 10_000 };
  const pipeline = new EventPipeline({ ...limits, exporter, meta: {}, clock, random, logger: recordingLogger() });
  const collector = new UsageCollector({ pipeline, clock, random, source: 'INPROCESS', attributes });
  collector.start();
  return { collector, exporter };
}

const context = { targetingKey: 'ada', email: 'a@b.c', plan: 'pro', anonymous: true };

test('tracking calls arrive with their details and the whole context', async () => {
  const { collector, exporter } = collect();
  collector.tracked('paid', context, { value: 9.5, when: new Date(0), items: ['a'] });
  await collector.close();
  expect(exporter.batches[0]?.events).toEqual([
    {
      kind: 'tracking',
      contextKind: 'anonymousUser',
      userKey: 'ada',
      creationDate: 1_700_000_000,
      key: 'paid',
      evaluationContext: context,
      trackingEventDetails: { value: 9.5, when: '1970-01-01T00:00:00.000Z', items: ['a'] },
    },
  ]);
});

test('of the context only the named attributes are told', async () => {
  const { collector, exporter } = collect(['plan', 'toString']);
  collector.tracked('paid', context, {});
  await collector.close();
  expect(exporter.batches[0]?.events).toMatchObject([{ evaluationContext: { targetingKey: 'ada', plan: 'pro' } }]);
  expect(JSON.stringify(exporter.batches)).not.toContain('a@b.c');
});

test('what is too large or no JSON is dropped and counted', async () => {
  const { collector, exporter } = collect();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  collector.tracked('big', context, { text: 'x'.repeat(100_000) });
  collector.tracked('circular', context, circular);
  collector.tracked('big int', context, { value: 1n });
  await collector.close();
  expect(exporter.batches).toEqual([]);
  expect(collector.stats()).toEqual({ sent: 0, left: 0, dropped: 3 });
});

test('what a backend has counted, or a flag wants kept out, is not told', async () => {
  const { collector, exporter } = collect();
  const outcome = errorOutcome('GENERAL', 'failed');
  collector.evaluated('told', context, outcome, outcome.resolution);
  collector.evaluated('counted', context, { ...outcome, trackEvents: false }, outcome.resolution);
  await collector.close();
  expect(exporter.accepted).toEqual(['told']);
});

test('changing the context after a call changes nothing', async () => {
  const { collector, exporter } = collect();
  const mine = { targetingKey: 'ada', cart: { items: 1 } };
  collector.tracked('paid', mine, {});
  mine.cart.items = 2;
  await collector.close();
  expect(exporter.batches[0]?.events).toMatchObject([{ evaluationContext: { cart: { items: 1 } } }]);
});
