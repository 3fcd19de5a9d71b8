import { settled } from '@halyard/testkit';
import { bench, startedBench } from './follower-bench.ts';
import { unreachable } from './scripted-hashes.ts';

const spread = (times: readonly number[]): number[] => times.slice(1).map((at, index) => at - (times[index] as number));

test('mode off does nothing, except on demand', async () => {
  const { follower, clock, heard, hashes, websocket, sse } = bench({ mode: 'off' });
  follower.start();
  await clock.pass(3_600_000);
  expect([hashes.checks, websocket.attempts, sse.attempts, heard]).toEqual([[], [], [], []]);
  expect(clock.timers).toBe(0);
  await follower.check();
  expect(heard).toEqual(['confirmed']);
  expect(clock.timers).toBe(0);
});

test('mode poll opens no stream, and polls at intervals that vary by a tenth', async () => {
  const chances = [0, 0.999, 0.5];
  let turn = 0;
  const random = (): number => chances[turn++ % chances.length] as number;
  const { follower, clock, heard, hashes, websocket, sse } = bench({ mode: 'poll', pollIntervalMs: 10_000, random });
  follower.start();
  await settled();
  expect(heard).toEqual(['mode poll', 'confirmed']);
  await clock.pass(100_000);
  expect([...websocket.attempts, ...sse.attempts]).toEqual([]);
  const gaps = spread(hashes.checks).map(Math.round);
  expect(gaps.slice(0, 3)).toEqual([9_000, 10_998, 10_000]);
});

test('polls find what changed', async () => {
  const { clock, heard, hashes } = await startedBench({ mode: 'poll' });
  hashes.flags = { one: 1, three: 3 };
  await clock.pass(30_000);
  expect(heard).toEqual(['changed three:undefined>undefined,two:undefined>undefined', 'confirmed']);
});

test('a poll that fails is repeated soon, and counts as broken at the third', async () => {
  const { clock, heard, hashes } = await startedBench({ mode: 'poll' });
  hashes.failure = unreachable;
  await clock.pass(30_000);
  expect(heard).toEqual(['failed NETWORK_FAILED']);
  await clock.pass(1_000);
  expect(heard).toEqual(['failed NETWORK_FAILED']);
  await clock.pass(2_000);
  expect(heard).toEqual(['failed NETWORK_FAILED', 'mode none']);
  hashes.failure = undefined;
  await clock.pass(5_000);
  expect(heard.slice(2)).toEqual(['mode poll', 'confirmed']);
});

test('check asks at once, shares what is under way and rejects with what went wrong', async () => {
  const { follower, hashes, clock, heard } = await startedBench();
  await clock.pass(1_000);
  hashes.flags = { one: 1 };
  await follower.check();
  expect(heard).toEqual(['changed two:undefined>undefined', 'confirmed']);
  hashes.failure = unreachable;
  const checks = Promise.allSettled([follower.check(), follower.check(), follower.check()]);
  await clock.pass(100);
  expect((await checks).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(hashes.checks).toHaveLength(3);
});

test('a stopped follower checks nothing', async () => {
  const { follower, hashes } = await startedBench();
  follower.stop();
  await expect(follower.check()).rejects.toMatchObject({ code: 'CLOSED' });
  expect(hashes.checks).toHaveLength(1);
});

test.each([0, 50, 700, 5_000, 40_000])(
  'stop after %d ms of an outage ends everything at once and for good',
  async (afterMs) => {
    const { follower, clock, heard, hashes, websocket, sse } = await startedBench();
    websocket.answer = () => 'hangs';
    hashes.failure = unreachable;
    websocket.lose();
    await clock.pass(afterMs);
    heard.length = 0;
    follower.stop();
    follower.stop();
    expect(clock.timers).toBe(0);
    expect([...websocket.attempts, ...sse.attempts].filter(({ isClosed }) => !isClosed)).toEqual([]);
    for (const { events } of websocket.attempts) {
      events.opened();
      events.message('{}');
      events.closed({ kind: 'lost', why: 'late' });
    }
    await clock.pass(3_600_000);
    expect(heard).toEqual([]);
    expect(clock.timers).toBe(0);
    expect(follower.mode).toBe('none');
  },
);

test('stop closes a stream that is up, and what is under way tells nothing', async () => {
  const { follower, clock, heard, hashes, websocket } = await startedBench();
  let letGo = (): void => undefined;
  hashes.gate = new Promise((resolve) => (letGo = resolve));
  const check = follower.check().catch((error: unknown) => error);
  await clock.pass(60);
  websocket.pushUpdate('one', 1, 2);
  heard.length = 0;
  follower.stop();
  expect(websocket.last.isClosed).toBe(true);
  letGo();
  expect(await check).toMatchObject({ code: 'CLOSED' });
  await clock.pass(3_600_000);
  expect(heard).toEqual([]);
});

test('stop while the key is being asked for opens no stream', async () => {
  let answer = (_key: string): void => undefined;
  const { follower, websocket } = bench({ apiKey: () => new Promise((resolve) => (answer = resolve)) });
  follower.start();
  await settled();
  follower.stop();
  answer('key');
  await settled();
  expect(websocket.attempts).toEqual([]);
});

test('start twice is start once, and start after stop tells what changed in between', async () => {
  const { follower, clock, heard, hashes, websocket } = await startedBench();
  follower.start();
  await settled();
  expect(websocket.attempts).toHaveLength(1);
  follower.stop();
  hashes.flags = { one: 1 };
  follower.start();
  await clock.pass(1_000);
  expect(heard).toEqual(['mode websocket', 'changed two:undefined>undefined', 'confirmed']);
});

test('a listener may stop the follower as soon as the stream is up', async () => {
  const ignore = (): void => undefined;
  const modeChanged = (): void => made.follower.stop();
  const made = bench({
    events: { modeChanged, suspected: ignore, changed: ignore, confirmed: ignore, failed: ignore },
  });
  made.follower.start();
  await settled();
  expect(made.websocket.attempts.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(made.clock.timers).toBe(0);
});

test('a listener may stop the follower in the middle of what it is told', async () => {
  const heard: string[] = [];
  const events = {
    modeChanged: () => undefined,
    suspected: () => undefined,
    changed: () => {
      heard.push('changed');
      made.follower.stop();
    },
    confirmed: () => void heard.push('confirmed'),
    failed: () => undefined,
  };
  const made = await startedBench({ events });
  await made.clock.pass(1_000);
  heard.length = 0;
  made.hashes.flags = { one: 7, foreign: 7 };
  made.websocket.pushUpdate('one', 1, 7);
  await made.clock.pass(3_600_000);
  expect(heard).toEqual(['changed']);
  expect(made.clock.timers).toBe(0);
});

test('listeners and loggers that throw harm nothing', async () => {
  const fail = (): never => {
    throw new Error('no');
  };
  const failLater = (): Promise<never> => Promise.reject(new Error('no'));
  const events = { modeChanged: fail, suspected: fail, changed: failLater, confirmed: fail, failed: fail };
  const logger = { error: fail, warn: fail, info: fail, debug: fail };
  const { clock, hashes, websocket, follower } = await startedBench({ events, logger });
  await clock.pass(60_000);
  websocket.last.events.message('x');
  hashes.flags = { one: 7 };
  websocket.lose();
  await clock.pass(60_000);
  expect(websocket.attempts).toHaveLength(2);
  expect(follower.mode).toBe('websocket');
});
