import { ManualClock, recordingLogger, settled } from '@halyard/testkit';
import type { EventExporter, ExportedEvent } from '@halyard/relay';
import { EventPipeline } from '../../src/engine/event-pipeline.ts';

const event = (key: string): ExportedEvent => ({
  kind: 'feature',
  userKey: 'u',
  creationDate: 1,
  key,
  variation: 'a',
  value: 1,
  default: false,
  version: '',
  source: 'SERVER',
});

function pipelineTo(exporter: EventExporter): {
  pipeline: EventPipeline;
  clock: ManualClock;
  dropped(): number;
  logger: ReturnType<typeof recordingLogger>;
} {
  const clock = new ManualClock();
  const logger = recordingLogger();
  let lost = 0;
  const pipeline = new EventPipeline({
    exporter,
    clock,
    logger,
    flushIntervalMs: 1_000,
    maxBuffer: 3,
    dropped: (count) => (lost += count),
  });
  return { pipeline, clock, logger, dropped: () => lost };
}

/** An exporter that takes batches when it is told to. */
function slowExporter(): EventExporter & { batches: string[][]; finish(error?: Error): Promise<void> } {
  let settle: ((error?: Error) => void) | undefined;
  const batches: string[][] = [];
  return {
    batches,
    export: (batch) =>
      new Promise((resolve, reject) => {
        batches.push(batch.map(({ key }) => key));
        settle = (error) => (error === undefined ? resolve() : reject(error));
      }),
    async finish(error) {
      settle?.(error);
      await settled();
    },
  };
}

test('events wait for company, and go together in order', async () => {
  const exporter = slowExporter();
  const { pipeline, clock } = pipelineTo(exporter);
  pipeline.add(event('a'));
  await clock.pass(900);
  pipeline.add(event('b'));
  expect(exporter.batches).toEqual([]);
  await clock.pass(100);
  expect(exporter.batches).toEqual([['a', 'b']]);
});

test('one batch at a time; what comes meanwhile goes next', async () => {
  const exporter = slowExporter();
  const { pipeline, clock } = pipelineTo(exporter);
  pipeline.add(event('a'));
  await clock.pass(1_000);
  pipeline.add(event('b'));
  await clock.pass(1_000);
  expect(exporter.batches).toEqual([['a']]);
  await exporter.finish();
  expect(exporter.batches).toEqual([['a'], ['b']]);
});

test('a full buffer drops what comes on top, and counts it', async () => {
  const exporter = slowExporter();
  const { pipeline, clock, dropped } = pipelineTo(exporter);
  for (const key of ['a', 'b', 'c', 'd', 'e']) pipeline.add(event(key));
  expect(dropped()).toBe(2);
  await clock.pass(1_000);
  expect(exporter.batches).toEqual([['a', 'b', 'c']]);
});

test('what the exporter refuses is dropped, counted and logged', async () => {
  const exporter = slowExporter();
  const { pipeline, clock, dropped, logger } = pipelineTo(exporter);
  pipeline.add(event('a'));
  await clock.pass(1_000);
  await exporter.finish(new Error('disk full'));
  expect(dropped()).toBe(1);
  expect(logger.entries).toEqual([{ level: 'warn', message: '1 events were not exported: disk full' }]);
  pipeline.add(event('b'));
  await clock.pass(1_000);
  expect(exporter.batches).toHaveLength(2);
});

test('an exporter that throws at once is no worse', async () => {
  const { pipeline, clock, dropped } = pipelineTo({
    export: () => {
      throw new Error('broken');
    },
  });
  pipeline.add(event('a'));
  await clock.pass(1_000);
  expect(dropped()).toBe(1);
});

test('an exporter that never ends is given up after half a minute, and told so', async () => {
  let signal: AbortSignal | undefined;
  const { pipeline, clock, dropped } = pipelineTo({
    export: (_batch, given) => {
      signal = given;
      return new Promise(() => undefined);
    },
  });
  pipeline.add(event('a'));
  await clock.pass(1_000);
  await clock.pass(29_999);
  expect(signal?.aborted).toBe(false);
  await clock.pass(1);
  expect(signal?.aborted).toBe(true);
  expect(dropped()).toBe(1);
});

test('close exports what waits, within its limit', async () => {
  const exporter = slowExporter();
  const { pipeline, clock, dropped } = pipelineTo(exporter);
  pipeline.add(event('a'));
  let isClosed = false;
  const closing = pipeline.close(500).then(() => (isClosed = true));
  await settled();
  expect(exporter.batches).toEqual([['a']]);
  expect(isClosed).toBe(false);
  await clock.pass(500);
  await closing;
  expect(dropped()).toBe(1);
  expect(clock.timers).toBe(0);
});
