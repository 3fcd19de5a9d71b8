import { startedBench } from './follower-bench.ts';
import { unreachable } from './scripted-hashes.ts';
import type { Bench } from './follower-bench.ts';

async function pings({ websocket, clock }: Bench, count: number, everyMs: number): Promise<void> {
  for (let ping = 0; ping < count; ping++) {
    await clock.pass(everyMs);
    websocket.last.events.alive();
  }
}

test('a connection whose pings stop is replaced within seconds', async () => {
  const made = await startedBench();
  await pings(made, 5, 1_000);
  await made.clock.pass(10_000);
  expect(made.websocket.attempts).toHaveLength(1);
  await made.clock.pass(3_000);
  expect(made.websocket.attempts).toHaveLength(2);
  expect(made.websocket.attempts[0]?.isClosed).toBe(true);
});

test('messages are signs of life as well', async () => {
  const made = await startedBench();
  await pings(made, 5, 1_000);
  for (let time = 0; time < 20; time++) {
    await made.clock.pass(9_000);
    made.websocket.pushUpdate('one', 1, 2);
  }
  expect(made.websocket.attempts).toHaveLength(1);
});

test('a server that never pings is not taken for dead, and is polled', async () => {
  const { clock, websocket, hashes } = await startedBench({ pollIntervalMs: 30_000 });
  await clock.pass(3_600_000);
  expect(websocket.attempts).toHaveLength(1);
  expect(hashes.checks).toHaveLength(121);
});

test('a server that pings twice a minute gets more time', async () => {
  const made = await startedBench();
  await pings(made, 20, 30_000);
  await made.clock.pass(90_000);
  expect(made.websocket.attempts).toHaveLength(1);
  await made.clock.pass(3_000);
  expect(made.websocket.attempts).toHaveLength(2);
});

test('pings that wait to be read after the event loop was blocked are heard in time', async () => {
  const made = await startedBench();
  await pings(made, 5, 1_000);
  for (let block = 0; block < 10; block++) {
    // the deadline fires before the sockets are read
    await made.clock.pass(10_500);
    for (let ping = 0; ping < 10; ping++) made.websocket.last.events.alive();
  }
  await made.clock.pass(9_000);
  expect(made.websocket.attempts).toHaveLength(1);
});

test('a watched stream is hardly polled', async () => {
  const made = await startedBench({ pollIntervalMs: 30_000 });
  for (let minute = 0; minute < 60; minute++) await pings(made, 60, 1_000);
  expect(made.hashes.checks.length).toBeLessThanOrEqual(14);
  expect(made.hashes.checks.length).toBeGreaterThanOrEqual(10);
});

test('a stream that says nothing of a change that a poll found is replaced at the next poll', async () => {
  const { clock, hashes, sse, heardOf } = await startedBench({ mode: 'sse' });
  hashes.flags = { one: 7, two: 2 };
  await clock.pass(31_000);
  expect(heardOf('changed')).toEqual(['changed one:undefined>undefined']);
  expect(sse.attempts).toHaveLength(1);
  await clock.pass(31_000);
  expect(sse.attempts).toHaveLength(2);
  await clock.pass(600_000);
  expect(sse.attempts).toHaveLength(2);
});

test('a change in a gap that only a later check can tell is nothing the stream missed', async () => {
  const { clock, hashes, sse, heardOf } = await startedBench({ mode: 'sse' });
  await clock.pass(60_000);
  hashes.failure = unreachable;
  hashes.flags = { one: 7, two: 2 };
  sse.lose();
  await clock.pass(800);
  hashes.failure = undefined;
  await clock.pass(600_000);
  expect(heardOf('changed')).toEqual(['changed one:undefined>undefined']);
  expect(sse.attempts).toHaveLength(2);
});

test('a stream that is only slower than a poll is kept', async () => {
  const { clock, hashes, sse } = await startedBench({ mode: 'sse' });
  hashes.flags = { one: 7, two: 2 };
  await clock.pass(40_000);
  sse.pushUpdate('one', 1, 7);
  await clock.pass(600_000);
  expect(sse.attempts).toHaveLength(1);
});
