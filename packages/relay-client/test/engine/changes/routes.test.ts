import { settled } from '@halyard/testkit';
import type { PushEnd } from '../../../src/index.ts';
import { bench, startedBench } from './follower-bench.ts';
import { keyRefused, unreachable } from './scripted-hashes.ts';

const NEW = '/flags/stream/v1/ws/flag/change';
const OLD = '/flags/ws/v1/flag/change';
const SSE = '/flags/stream/v1/sse/flag/change';
const MINUTE = 60_000;

const refused = (status: number): PushEnd => ({ kind: 'refused', status });
const failed: PushEnd = { kind: 'failed', why: 'ECONNREFUSED' };

test.each([404, 405, 401, 400, 301])(
  'a relay that answers %d to the new WebSocket path is asked on the old one at once, and there first when that is lost',
  async (status) => {
    const { follower, clock, websocket, sse, heard } = bench();
    websocket.answer = (path) => (path === OLD ? 'opens' : refused(status));
    follower.start();
    await settled();
    expect(heard).toEqual(['mode websocket', 'confirmed']);
    await clock.pass(MINUTE);
    websocket.lose();
    await clock.pass(MINUTE);
    expect(websocket.paths).toEqual([NEW, OLD, OLD]);
    expect(sse.attempts).toEqual([]);
  },
);

test('a remembered path that is refused one day gives way to the new one', async () => {
  const { follower, clock, websocket } = bench();
  websocket.answer = (path) => (path === OLD ? 'opens' : refused(404));
  follower.start();
  await clock.pass(MINUTE);
  websocket.answer = (path) => (path === NEW ? 'opens' : refused(404));
  websocket.lose();
  await clock.pass(MINUTE);
  expect(websocket.paths).toEqual([NEW, OLD, OLD, NEW]);
});

test('where WebSockets are refused, server-sent events take over at once', async () => {
  const { follower, heard, websocket, sse } = bench();
  websocket.answer = () => refused(403);
  follower.start();
  await settled();
  expect(heard).toEqual(['mode sse', 'confirmed']);
  expect(sse.paths).toEqual([SSE]);
});

test('where no stream is to be had, polling takes over at once, and climbing back is tried ever more rarely', async () => {
  const { follower, clock, heard, websocket, sse } = bench();
  websocket.answer = () => refused(404);
  sse.answer = () => refused(404);
  follower.start();
  await settled();
  expect(heard).toEqual(['mode poll', 'confirmed']);
  await clock.pass(60 * MINUTE);
  expect(sse.attempts.length).toBeGreaterThanOrEqual(5);
  expect(sse.attempts.length).toBeLessThanOrEqual(10);
  heard.length = 0;
  websocket.answer = () => 'opens';
  await clock.pass(15 * MINUTE);
  expect(heard).toContain('mode websocket');
});

test('a better stream is up before the lesser one is let go', async () => {
  const { follower, clock, heardOf, websocket, sse, hashes } = bench({ pollIntervalMs: 0 });
  websocket.answer = () => refused(404);
  follower.start();
  await clock.pass(30_000);
  websocket.answer = () => 'hangs';
  await clock.pass(16_000);
  expect(websocket.paths).toEqual([NEW, OLD, NEW]);
  expect(sse.last.isClosed).toBe(false);
  const checks = hashes.checks.length;
  websocket.last.events.opened();
  await settled();
  expect(sse.last.isClosed).toBe(true);
  expect(hashes.checks.length).toBe(checks + 1);
  expect(heardOf('mode')).toEqual(['mode sse']);
  await clock.pass(10_000);
  expect(heardOf('mode')).toEqual(['mode sse', 'mode websocket']);
});

test.each(['lost first', 'found first'])(
  'a stream that is lost at the moment in which a better one is found leaves one open (%s)',
  async (order) => {
    const { follower, clock, websocket, sse } = bench();
    websocket.answer = () => refused(404);
    follower.start();
    await clock.pass(30_000);
    websocket.answer = () => 'hangs';
    await clock.pass(16_000);
    if (order === 'lost first') sse.lose();
    websocket.last.events.opened();
    if (order === 'found first') sse.lose();
    await clock.pass(5_000);
    expect([...websocket.attempts, ...sse.attempts].filter(({ isClosed }) => !isClosed)).toHaveLength(1);
    follower.stop();
    expect([...websocket.attempts, ...sse.attempts].filter(({ isClosed }) => !isClosed)).toEqual([]);
  },
);

test('a stream that keeps failing while the relay answers otherwise is given up after three attempts', async () => {
  const { follower, clock, heard, websocket, sse } = bench();
  websocket.answer = () => failed;
  follower.start();
  await clock.pass(10_000);
  expect(websocket.paths).toEqual([NEW, NEW, NEW]);
  expect(sse.paths).toEqual([SSE]);
  expect(heard).toContain('mode sse');
});

test.each([0, 3_000])(
  'a stream that comes up and is lost after %d ms, again and again, is given up too',
  async (lastsMs) => {
    const { clock, websocket, sse, heardOf } = await startedBench();
    for (let time = 0; time < 30; time++) {
      await clock.pass(lastsMs);
      websocket.lose();
      await clock.pass(3_000);
    }
    expect(sse.attempts.length).toBeGreaterThanOrEqual(1);
    expect(sse.attempts.length).toBeLessThanOrEqual(3);
    expect(sse.last.isClosed).toBe(false);
    expect(heardOf('mode')).toEqual(['mode sse']);
  },
);

test('while the relay answers nothing at all, the route that worked is kept', async () => {
  const { clock, websocket, sse, hashes, follower } = await startedBench();
  await clock.pass(MINUTE);
  hashes.failure = unreachable;
  websocket.answer = () => failed;
  websocket.lose();
  await clock.pass(30 * MINUTE);
  expect(new Set(websocket.paths)).toEqual(new Set([NEW]));
  expect(sse.attempts).toEqual([]);
  expect(follower.mode).toBe('none');
  hashes.failure = undefined;
  websocket.answer = () => 'opens';
  await clock.pass(MINUTE);
  expect(follower.mode).toBe('websocket');
});

test.each([
  ['websocket', 'sse'],
  ['sse', 'websocket'],
] as const)('mode %s never uses %s, and polls while it has to wait', async (mode, other) => {
  const made = bench({ mode });
  made[mode].answer = () => refused(404);
  made.follower.start();
  await settled();
  expect(made.heard).toEqual(['mode poll', 'confirmed']);
  await made.clock.pass(10 * MINUTE);
  expect(made[other].attempts).toEqual([]);
  made[mode].answer = () => 'opens';
  await made.clock.pass(MINUTE);
  expect(made.follower.mode).toBe(mode);
});

test('a refused key is told once, tried again about every minute to five, and heals by itself', async () => {
  const { follower, clock, heard, heardOf, websocket, sse, hashes } = bench();
  hashes.failure = keyRefused;
  websocket.answer = sse.answer = () => refused(401);
  follower.start();
  await clock.pass(60 * MINUTE);
  expect(heardOf('failed')).toEqual(['failed AUTHENTICATION_FAILED']);
  expect(sse.attempts.length).toBeGreaterThanOrEqual(12);
  expect(sse.attempts.length).toBeLessThanOrEqual(25);
  expect(hashes.checks.length).toBeLessThanOrEqual(25);
  hashes.failure = undefined;
  websocket.answer = () => 'opens';
  await clock.pass(5 * MINUTE);
  expect(heard).toContain('mode websocket');
  expect(heard.at(-1)).toBe('confirmed');
});

test('streams that refuse the key are told once even where checks are answered', async () => {
  const { follower, clock, heardOf, websocket, sse } = bench();
  websocket.answer = sse.answer = () => refused(403);
  follower.start();
  await clock.pass(60 * MINUTE);
  expect(heardOf('failed')).toEqual(['failed AUTHENTICATION_FAILED']);
  expect(follower.mode).toBe('poll');
});

test('a busy relay is left alone as long as it asks for', async () => {
  const { follower, clock, websocket } = bench({ mode: 'websocket' });
  websocket.answer = () => ({ kind: 'refused', status: 503, retryAfter: '120' });
  follower.start();
  await clock.pass(119_000);
  expect(websocket.attempts).toHaveLength(1);
  await clock.pass(2_000);
  expect(websocket.attempts).toHaveLength(2);
});

test('where the runtime has no stream, polling takes over and the log says why', async () => {
  const { follower, heard, logger } = bench({ streams: [] });
  follower.start();
  await settled();
  expect(heard).toEqual(['mode poll', 'confirmed']);
  expect(logger.entries).toEqual([
    { level: 'info', message: 'changes are followed by polling every 30000 ms (no stream: this runtime has none)' },
  ]);
});
