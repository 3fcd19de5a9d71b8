import type { PushEnd } from '../../../src/index.ts';
import { bench, startedBench } from './follower-bench.ts';
import { notThere, unreachable } from './scripted-hashes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const failed: PushEnd = { kind: 'failed', why: 'ECONNREFUSED' };

test('a lost stream is back within a second, the flags are checked, and nobody hears of it', async () => {
  const { clock, heard, hashes, websocket } = await startedBench();
  await clock.pass(MINUTE);
  heard.length = 0;
  hashes.flags = { two: 9, three: 3 };
  websocket.lose();
  await clock.pass(1_000);
  expect(websocket.attempts).toHaveLength(2);
  expect(heard).toEqual([
    'changed two:undefined>undefined,three:undefined>undefined,one:undefined>undefined',
    'confirmed',
  ]);
});

test('a stream that ends every minute makes no noise', async () => {
  const { clock, heardOf, websocket, logger } = await startedBench();
  for (let minute = 0; minute < 120; minute++) {
    await clock.pass(MINUTE);
    websocket.lose();
  }
  expect(websocket.attempts).toHaveLength(120);
  expect(heardOf('mode')).toEqual([]);
  expect(logger.entries).toHaveLength(1);
});

test('where nothing can be checked after a reconnection, everything is suspect', async () => {
  const { clock, heard, hashes, websocket } = await startedBench();
  await clock.pass(MINUTE);
  for (const failure of [notThere, unreachable]) {
    hashes.failure = failure;
    heard.length = 0;
    websocket.lose();
    await clock.pass(1_000);
    expect(heard.filter((event) => event.startsWith('suspected'))).toEqual(['suspected all']);
    await clock.pass(MINUTE);
  }
});

test('attempts grow rarer while a relay is gone, never end, and state changes are told once', async () => {
  const { clock, heard, hashes, websocket, logger } = await startedBench();
  await clock.pass(MINUTE);
  heard.length = 0;
  websocket.answer = () => failed;
  hashes.failure = unreachable;
  websocket.lose('ECONNRESET');
  await clock.pass(HOUR);
  expect(heard).toEqual(['failed NETWORK_FAILED', 'mode none']);
  expect(websocket.attempts.length).toBeGreaterThan(70);
  expect(websocket.attempts.length).toBeLessThan(100);
  expect(hashes.checks.length).toBeLessThan(250);
  expect(logger.entries.map(({ message }) => message)).toEqual([
    'changes are followed by WebSocket',
    'changes are not followed (no stream: ECONNRESET)',
  ]);
});

test('a relay that restarts every few seconds causes no storm', async () => {
  const { clock, heardOf, websocket, hashes, logger } = await startedBench();
  const end = clock.elapsed() + 10 * MINUTE;
  for (let isUp = true; clock.elapsed() < end; isUp = !isUp) {
    websocket.answer = () => (isUp ? 'opens' : failed);
    hashes.failure = isUp ? undefined : unreachable;
    if (!isUp && websocket.attempts.length > 0) websocket.lose();
    await clock.pass(2_000);
  }
  expect(websocket.attempts.length).toBeLessThan(60);
  expect(heardOf('mode').length).toBeLessThanOrEqual(12);
  expect(logger.entries.length).toBeLessThanOrEqual(14);
});

test('an attempt that gets no answer is given up after some ten seconds', async () => {
  const { follower, clock, websocket } = bench({ mode: 'websocket' });
  websocket.answer = () => 'hangs';
  follower.start();
  await clock.pass(10_500);
  expect(websocket.last.isClosed).toBe(false);
  await clock.pass(500);
  expect(websocket.last.isClosed).toBe(true);
  await clock.pass(1_000);
  expect(websocket.attempts).toHaveLength(2);
});

test('two hundred clients of a relay that restarts come back spread over a second', async () => {
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const benches = await Promise.all(Array.from({ length: 200 }, () => startedBench({ random })));
  const arrivals: number[] = [];
  for (const { clock, websocket } of benches) {
    await clock.pass(MINUTE);
    websocket.lose();
    await clock.pass(2_000);
    arrivals.push((websocket.attempts[1]?.at ?? Infinity) - MINUTE);
  }
  const perTenth = Array.from(
    { length: 10 },
    (_, tenth) => arrivals.filter((at) => Math.floor(at / 100) === tenth).length,
  );
  expect(perTenth.reduce((sum, count) => sum + count)).toBe(200);
  expect(Math.max(...perTenth)).toBeLessThanOrEqual(40);
  expect(Math.min(...perTenth)).toBeGreaterThanOrEqual(5);
});

test('jumps of the wall clock change nothing', async () => {
  const { clock, websocket, heard } = await startedBench();
  for (const jump of [86_400_000, -172_800_000]) {
    const now = clock.now();
    jest.spyOn(clock, 'now').mockReturnValue(now + jump);
    for (let second = 0; second < 30; second++) {
      websocket.last.events.alive();
      await clock.pass(1_000);
    }
  }
  expect(websocket.attempts).toHaveLength(1);
  expect(heard.filter((event) => event !== 'confirmed')).toEqual([]);
});
