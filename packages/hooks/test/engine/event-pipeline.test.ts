import type { UsageBatch } from '@halyard/hooks';
import type { RecordingLogger } from '@halyard/testkit';
import { ManualClock, recordingLogger, settled } from '@halyard/testkit';
import { assert, asyncProperty, integer, uniqueArray } from 'fast-check';
import { EventPipeline } from '../../src/engine/event-pipeline.ts';
import { evaluationEvent } from '../../src/events/usage-events.ts';
import { ScriptedExporter } from './scripted-exporter.ts';

interface Bench {
  readonly pipeline: EventPipeline;
  readonly exporter: ScriptedExporter;
  readonly clock: ManualClock;
  readonly logger: RecordingLogger;
  readonly drops: string[];
  add(...keys: string[]): void;
}

function bench(limits: { maxBatch?: number; maxBuffer?: number } = {}): Bench {
  const exporter = new ScriptedExporter();
  const clock = new ManualClock();
  const logger = recordingLogger();
  const drops: string[] = [];
  const onDropped = (count: number, why: string): void => void drops.push(`${count} ${why}`);
  const pipeline = new EventPipeline({
    ...{ flushIntervalMs: 60_000, maxBatch: 1_000, maxBuffer: 10_000, ...limits },
    ...{ exporter, meta: { app: 'test' }, clock, random: () => 0.5, logger, onDropped },
  });
  pipeline.start();
  const resolution = { value: true, reason: 'CACHED', flagMetadata: {} };
  const add = (...keys: string[]): void => {
    for (const flagKey of keys) {
      pipeline.add(evaluationEvent({ flagKey, context: {}, resolution, source: 'PROVIDER_CACHE' }, clock.now()));
    }
  };
  return { pipeline, exporter, clock, logger, drops, add };
}

const keysFrom = (count: number): string[] => [...Array(count).keys()].map((index) => `flag-${index}`);
const sizes = (batches: readonly UsageBatch[]): number[] => batches.map(({ events }) => events.length);

test('events are sent when the interval is over, with the metadata', async () => {
  const { exporter, clock, add } = bench();
  add('one', 'two');
  await clock.pass(59_999);
  expect(exporter.batches).toEqual([]);
  await clock.pass(1);
  expect(exporter.accepted).toEqual(['one', 'two']);
  expect(exporter.batches[0]?.meta).toEqual({ app: 'test' });
  add('three');
  await clock.pass(60_000);
  expect(exporter.accepted).toEqual(['one', 'two', 'three']);
});

test('a full batch is sent at once, and one batch at a time', async () => {
  const { exporter, add } = bench({ maxBatch: 10 });
  let [running, most] = [0, 0];
  exporter.script = async () => {
    most = Math.max(most, ++running);
    await settled();
    running--;
    return { status: 'accepted' };
  };
  add(...keysFrom(35));
  for (let turn = 0; turn < 10; turn++) await settled();
  expect(most).toBe(1);
  expect(sizes(exporter.batches)).toEqual([10, 10, 10, 5]);
});

test('what fails is kept and sent again, in order, with growing pauses; a warning comes once', async () => {
  const { exporter, clock, logger, add, pipeline } = bench({ maxBatch: 2 });
  exporter.script = () => ({ status: 'retry', why: 'refused' });
  add('one', 'two', 'three');
  await settled();
  expect(exporter.batches).toHaveLength(1);
  add('four', 'five', 'six');
  await clock.pass(749);
  expect(exporter.batches).toHaveLength(1);
  await clock.pass(1);
  expect(exporter.batches).toHaveLength(2);
  await clock.pass(1_500);
  expect(exporter.batches).toHaveLength(3);
  exporter.script = () => ({ status: 'accepted' });
  await clock.pass(3_000);
  expect(exporter.accepted).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  expect(pipeline.stats()).toEqual({ sent: 6, left: 0, dropped: 0 });
  expect(logger.entries.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('nothing is sent before the moment the exporter names', async () => {
  const { exporter, clock, add } = bench({ maxBatch: 1 });
  exporter.script = () => ({ status: 'retry', why: 'busy', afterMs: 30_000 });
  add('one');
  await settled();
  await clock.pass(29_999);
  expect(exporter.batches).toHaveLength(1);
  await clock.pass(1);
  expect(exporter.batches).toHaveLength(2);
});

test('the buffer is bounded while sending fails for long; drops are counted and told in one go', async () => {
  const { exporter, clock, drops, add, pipeline } = bench({ maxBatch: 10, maxBuffer: 100 });
  exporter.script = () => ({ status: 'retry', why: 'down' });
  for (let second = 0; second < 600; second++) {
    add(...keysFrom(50));
    await clock.pass(1_000);
  }
  expect(pipeline.stats()).toEqual({ sent: 0, left: 100, dropped: 29_900 });
  expect(drops.length).toBeLessThan(40);
  exporter.script = () => ({ status: 'accepted' });
  await clock.pass(60_000);
  expect(pipeline.stats()).toMatchObject({ sent: 100, left: 0 });
});

test('events that are bad alone are found and dropped, the others arrive', async () => {
  await assert(
    asyncProperty(
      integer({ min: 1, max: 200 }),
      uniqueArray(integer({ min: 0, max: 199 }), { maxLength: 3 }),
      async (count, bad) => {
        const { exporter, pipeline, add } = bench();
        const poisoned = new Set(bad.map((index) => `flag-${index}`));
        exporter.script = ({ events }) =>
          events.some(({ key }) => poisoned.has(key)) ? { status: 'split', why: 'bad' } : { status: 'accepted' };
        add(...keysFrom(count));
        await pipeline.flush();
        const good = keysFrom(count).filter((key) => !poisoned.has(key));
        expect(exporter.accepted).toEqual(good);
        expect(pipeline.stats()).toEqual({ sent: good.length, left: 0, dropped: count - good.length });
      },
    ),
    { numRuns: 60 },
  );
});

test('an exporter that takes nothing at all is not asked without end', async () => {
  const { exporter, pipeline, add } = bench();
  exporter.script = () => ({ status: 'split', why: 'too much' });
  add(...keysFrom(1_000));
  await pipeline.flush();
  expect(exporter.batches.length).toBeLessThan(140);
  expect(pipeline.stats()).toEqual({ sent: 0, left: 0, dropped: 1_000 });
});

test('a batch that is refused for good is dropped and told', async () => {
  const { exporter, pipeline, drops, add } = bench();
  exporter.script = () => ({ status: 'dropped', why: 'no such address' });
  add('one', 'two');
  await pipeline.flush();
  expect(drops).toEqual(['2 no such address']);
});

test('exporters that throw, reject, or answer nothing break nothing', async () => {
  const { exporter, pipeline, add } = bench();
  const answers = [
    () => Promise.reject(new Error('first')),
    () => {
      throw new Error('second');
    },
    () => undefined as never,
  ];
  exporter.script = async () => (answers.shift() as () => never)();
  Object.assign(exporter, { accepted: { push: () => undefined } });
  add('one');
  expect(await pipeline.flush()).toEqual({ sent: 0, left: 1 });
  expect(await pipeline.flush()).toEqual({ sent: 0, left: 1 });
});

test('an exporter that never answers is given up after 30 seconds, and its signal fires', async () => {
  const { exporter, pipeline, clock, add } = bench();
  const signals: AbortSignal[] = [];
  exporter.script = (_batch, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  add('one');
  const flushed = pipeline.flush({ deadlineMs: 60_000 });
  await clock.pass(30_000);
  expect(await flushed).toEqual({ sent: 0, left: 1 });
  expect(signals[0]?.aborted).toBe(true);
});

test('a flush waits no longer than its deadline; many at once settle together', async () => {
  const { exporter, pipeline, clock, add } = bench();
  let arrive: () => void = () => undefined;
  exporter.script = () => new Promise((resolve) => (arrive = () => resolve({ status: 'accepted' })));
  add('one');
  const short = pipeline.flush({ deadlineMs: 100 });
  const long = [pipeline.flush({ deadlineMs: 10_000 }), pipeline.flush({ deadlineMs: 10_000 })];
  await clock.pass(100);
  expect(await short).toEqual({ sent: 0, left: 1 });
  arrive();
  expect(await Promise.all(long)).toEqual([
    { sent: 1, left: 0 },
    { sent: 1, left: 0 },
  ]);
  expect(exporter.batches).toHaveLength(1);
  expect(clock.timers).toBe(1);
});

test('closing sends what is left within 3 seconds, then counts it as dropped; nothing is taken after that', async () => {
  const { exporter, pipeline, clock, drops, add } = bench();
  add('one');
  exporter.script = () => new Promise(() => undefined);
  const closed = Promise.all([pipeline.close(), pipeline.close()]);
  await clock.pass(3_000);
  await closed;
  expect(drops).toEqual(['1 not sent before the end']);
  add('two');
  expect(pipeline.stats()).toEqual({ sent: 0, left: 0, dropped: 1 });
  expect(clock.timers).toBe(0);
});

test('a pipeline that was closed can be started again', async () => {
  const { exporter, pipeline, add } = bench();
  add('one');
  await pipeline.close();
  pipeline.start();
  pipeline.start();
  add('two');
  await pipeline.flush();
  expect(exporter.accepted).toEqual(['one', 'two']);
  await pipeline.close();
});

test.each([
  ['one bad event in fifty', (keys: readonly string[]) => keys.some((key) => Number(key.slice(5)) % 50 === 0), 980],
  ['batches of more than fifteen events', (keys: readonly string[]) => keys.length > 15, 1_000],
])('%s costs nothing but itself', async (_what, isRefused, arrived) => {
  const { exporter, pipeline, add } = bench();
  exporter.script = ({ events }) =>
    isRefused(events.map(({ key }) => key)) ? { status: 'split', why: 'no' } : { status: 'accepted' };
  add(...keysFrom(1_000));
  await pipeline.flush();
  expect(pipeline.stats()).toEqual({ sent: arrived, left: 0, dropped: 1_000 - arrived });
  const before = exporter.batches.length;
  add(...keysFrom(15).map((_, index) => `flag-${index + 1}`));
  await pipeline.flush();
  // what was learnt about the receiver is remembered
  expect(exporter.batches.length - before).toBeLessThan(4);
});

test.each([[NaN], ['soon'], [-1], [undefined]])('a pause of %p is no pause, and no storm', async (afterMs) => {
  const { exporter, clock, add } = bench({ maxBatch: 1 });
  exporter.script = () => ({ status: 'retry', why: 'busy', afterMs: afterMs as number });
  add('one');
  await settled();
  await clock.pass(10_000);
  expect(exporter.batches.length).toBeLessThan(8);
});

test.each([[true], ['fine'], [{ ok: true, status: 200 }], [null]])(
  'an exporter that answers %p has accepted',
  async (answer) => {
    const { exporter, pipeline, add } = bench();
    exporter.script = () => answer as never;
    Object.assign(exporter, { accepted: [] });
    const { export: scripted } = ScriptedExporter.prototype;
    exporter.export = async (batch, signal) => {
      await scripted.call(exporter, batch, signal).catch(() => undefined);
      return answer as never;
    };
    add('one');
    expect(await pipeline.flush()).toEqual({ sent: 1, left: 0 });
  },
);

test('what is under way when the pipeline is closed is counted as dropped too', async () => {
  const { exporter, pipeline, clock, add } = bench({ maxBatch: 10 });
  exporter.script = () => new Promise(() => undefined);
  add(...keysFrom(31));
  const closed = pipeline.close();
  await clock.pass(3_000);
  await closed;
  expect(pipeline.stats()).toEqual({ sent: 0, left: 0, dropped: 31 });
});
