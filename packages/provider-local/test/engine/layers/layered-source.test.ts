import { settled } from '@halyard/testkit';
import { ScriptedSource } from '../../scripted-source.ts';
import { layeredEngine, MemoryText } from './layered-engine.ts';

const never = new AbortController().signal;
const gone = new Error('gone');

test('the first layer that has flags is in force, and those below it are not asked', async () => {
  const [remote, file] = [new ScriptedSource('remote', true), new ScriptedSource('file', false)];
  const { engine, value, layers } = layeredEngine([remote, file]);
  await engine.start(never);
  expect(value()).toBe(true);
  expect(layers()).toEqual(['inForce', 'standby']);
  expect(file.loads).toEqual([]);
});

test('a layer that fails is stood in for by the next, and status says why and since when', async () => {
  const [remote, file] = [new ScriptedSource('remote', gone), new ScriptedSource('file', false)];
  const { engine, clock, value, warnings } = layeredEngine([remote, file], { bootstrap: true });
  const since = clock.now();
  await engine.start(never);
  expect(value()).toBe(false);
  expect(engine.status()).toMatchObject({
    state: 'ready',
    version: '2:false',
    layers: [
      { source: 'remote', state: 'failed', since, error: { message: expect.stringContaining('gone') as string } },
      { source: 'file', state: 'inForce', since },
      { state: 'standby' },
    ],
  });
  expect(warnings()).toEqual(['remote cannot be loaded: gone; flags come from file']);
});

test('a layer that recovers takes over again, and the change event names it', async () => {
  const [remote, file] = [new ScriptedSource('remote', gone, gone, true), new ScriptedSource('file', false)];
  const { engine, clock, events, value, layers, warnings } = layeredEngine([remote, file]);
  await engine.start(never);
  await clock.pass(10_000);
  expect(value()).toBe(false);
  await clock.pass(10_000);
  expect(value()).toBe(true);
  expect(layers()).toEqual(['inForce', 'standby']);
  expect(events).toMatchObject([{ type: 'changed', layer: 'remote' }]);
  expect(warnings()).toHaveLength(1);
});

test('flags that cannot be decoded fall through to the next layer, as long as it takes', async () => {
  const [remote, file] = [new ScriptedSource('remote', { text: '{ broken' }), new ScriptedSource('file', false)];
  const { engine, clock, value, layers } = layeredEngine([remote, file]);
  await engine.start(never);
  expect(value()).toBe(false);
  expect(layers()).toEqual(['failed', 'inForce']);
  await clock.pass(100_000);
  expect(engine.status()).toMatchObject({ state: 'ready', layers: [{ error: { code: 'SOURCE_INVALID' } }, {}] });
  // never asked with a version: what it gave was never in force
  expect(new Set(remote.loads)).toEqual(new Set([undefined]));
  remote.answers[0] = true;
  await clock.pass(10_000);
  expect(value()).toBe(true);
});

test('flags in force stay when their layer fails or breaks; those below do not take over', async () => {
  const [remote, file] = [new ScriptedSource('remote', true), new ScriptedSource('file', false)];
  const { engine, clock, value, layers } = layeredEngine([remote, file]);
  await engine.start(never);
  for (const answer of [gone, { text: '' }, { text: '[]' }, 'none'] as const) {
    remote.answers[0] = answer;
    await clock.pass(20_000);
    expect(value()).toBe(true);
    expect(layers()).toEqual(['inForce', 'standby']);
    expect(engine.status().layers?.[0]).toHaveProperty('error');
  }
  expect(engine.status().state).toBe('stale');
  remote.answers[0] = true;
  await clock.pass(60_000);
  expect(engine.status()).toMatchObject({ state: 'ready', layers: [{ source: 'remote', state: 'inForce' }, {}] });
  expect(engine.status().layers?.[0]).not.toHaveProperty('error');
  expect(file.loads).toEqual([]);
});

test('a source that shrinks to nothing is believed only when that lasts', async () => {
  const remote = new ScriptedSource('remote', true, 'none');
  const { engine, clock, value } = layeredEngine([remote]);
  await engine.start(never);
  await clock.pass(60_000);
  expect(value()).toBe(true);
  await clock.pass(60_000);
  expect(value()).toBe('FLAG_NOT_FOUND');
  expect(engine.status().state).toBe('ready');
});

test('a source that has nothing at the start is believed when that lasts, and the cache keeps what it has', async () => {
  const [remote, file] = [new ScriptedSource('remote', 'none'), new ScriptedSource('file', false)];
  const cache = new MemoryText();
  const { engine, clock, value, layers, warnings } = layeredEngine([remote, file], { cache });
  await engine.start(never);
  expect(value()).toBe(false);
  expect(layers()).toEqual(['failed', 'inForce', 'standby']);
  expect(warnings()).toEqual([expect.stringMatching(/remote has no flags at all.*; flags come from file/)]);
  await clock.pass(59_999);
  expect(value()).toBe(false);
  expect(cache.text).toContain('"flag"');
  await clock.pass(1);
  expect(value()).toBe('FLAG_NOT_FOUND');
  expect(layers()).toEqual(['inForce', 'standby', 'standby']);
});

test('a source that has nothing is believed at once where nothing else has flags either', async () => {
  const [remote, file] = [new ScriptedSource('remote', 'none', true), new ScriptedSource('file', gone)];
  const { engine, clock, value, layers } = layeredEngine([remote, file]);
  await engine.start(never);
  expect(engine.status().state).toBe('ready');
  expect(value()).toBe('FLAG_NOT_FOUND');
  await clock.pass(10_000);
  expect(value()).toBe(true);
  expect(layers()).toEqual(['inForce', 'standby']);
});

const broken = { text: '{"flag": {"variations": 1}, "other": 7}' };

test('a document of which no flag can be used never takes over, however long', async () => {
  const [remote, file] = [new ScriptedSource('remote', broken), new ScriptedSource('file', false)];
  const cache = new MemoryText();
  const { engine, clock, value, warnings } = layeredEngine([remote, file], { cache });
  await engine.start(never);
  await clock.pass(600_000);
  expect(value()).toBe(false);
  expect(cache.text).toContain('"file"');
  expect(warnings()).toEqual([
    expect.stringMatching(/^remote has no flag that can be used: .*variations.*; flags come from file$/),
  ]);
  remote.answers[0] = true;
  await clock.pass(10_000);
  expect(value()).toBe(true);
  remote.answers[0] = broken;
  await clock.pass(600_000);
  expect(value()).toBe(true);
  expect(engine.status()).toMatchObject({ state: 'stale', lastError: { code: 'SOURCE_INVALID' } });
});

test('a layer that answers again, but with nothing that can be used, is told of once', async () => {
  const [remote, cache] = [new ScriptedSource('remote', true), new MemoryText()];
  const first = layeredEngine([remote], { cache });
  await first.engine.start(never);
  await first.engine.stop();
  remote.answers[0] = gone;
  const { engine, clock, value, warnings } = layeredEngine([remote], { cache });
  await engine.start(never);
  await clock.pass(30_000);
  expect(warnings()).toHaveLength(1);
  remote.answers[0] = { text: '{ broken' };
  await clock.pass(60_000);
  expect(value()).toBe(true);
  expect(warnings()).toEqual([expect.any(String), expect.stringMatching(/remote.*; the flags in force stay/)]);
  expect(engine.status()).toMatchObject({ state: 'stale', lastError: { code: 'SOURCE_INVALID' } });
});

test('a source that has nothing now and then is never believed', async () => {
  const remote = new ScriptedSource('remote', true);
  const { engine, clock, value } = layeredEngine([remote]);
  await engine.start(never);
  for (let round = 0; round < 10; round++) {
    remote.answers[0] = 'none';
    await clock.pass(30_000);
    remote.answers[0] = true;
    await clock.pass(61_000);
    expect(value()).toBe(true);
  }
});

test('a layer that never answers costs each poll no more than its patience, once', async () => {
  const [remote, file] = [new ScriptedSource('remote', 'hang'), new ScriptedSource('file', false, false, true)];
  const { engine, clock, value, layers } = layeredEngine([remote, file]);
  const start = engine.start(never);
  await clock.pass(1_000);
  await start;
  await clock.pass(20_000);
  expect(value()).toBe(true);
  await clock.pass(60_000);
  expect(layers()).toEqual(['failed', 'inForce']);
  expect(engine.status().layers?.[0]).toMatchObject({ error: { code: 'TIMED_OUT' } });
});

test('bootstrap definitions serve when all else fails, stale from the beginning', async () => {
  const remote = new ScriptedSource('remote', gone);
  const { engine, clock, events, value } = layeredEngine([remote], { bootstrap: false });
  await engine.start(never);
  expect(value()).toBe(false);
  await clock.pass(0);
  expect(engine.status()).toMatchObject({
    state: 'stale',
    lastError: { message: expect.stringContaining('gone') as string },
  });
  await clock.pass(50_000);
  expect(engine.status().state).toBe('stale');
  remote.answers[0] = true;
  await clock.pass(10_000);
  expect(value()).toBe(true);
  expect(engine.status()).toMatchObject({ state: 'ready' });
  expect(events.map(({ type }) => type)).toEqual(['stale', 'ready', 'changed']);
});

test('where every layer fails the start fails, names every cause, and heals', async () => {
  const [remote, file] = [new ScriptedSource('remote', gone), new ScriptedSource('file', new Error('missing'))];
  const { engine, clock, value } = layeredEngine([remote, file]);
  await expect(engine.start(never)).rejects.toThrow(/no layer has flags: .*gone.*missing/);
  expect(engine.status().state).toBe('failed');
  file.answers[0] = true;
  await clock.pass(60_000);
  expect(value()).toBe(true);
});

test('stopped and started again it begins from the top', async () => {
  const [remote, file] = [new ScriptedSource('remote', gone), new ScriptedSource('file', false)];
  const { engine, value, layers } = layeredEngine([remote, file]);
  await engine.start(never);
  await engine.stop();
  expect(layers()).toEqual(['standby', 'standby']);
  remote.answers[0] = true;
  await engine.start(never);
  expect(value()).toBe(true);
  expect(remote.loads).toEqual([undefined, undefined]);
});

test('a stop while a layer hangs leaves nothing behind', async () => {
  const remote = new ScriptedSource('remote', 'hang');
  const { engine, clock } = layeredEngine([remote], { bootstrap: true });
  const start = engine.start(never);
  await clock.pass(1_000);
  await start;
  await engine.stop();
  remote.answerLate(true);
  await settled();
  expect(engine.status().state).toBe('closed');
  expect(clock.timers).toBe(0);
});

test('a layer that cannot be watched says so, whatever the others take', async () => {
  const [remote, file] = [new ScriptedSource('remote', true), new ScriptedSource('file', false)];
  const sources = [
    Object.assign(remote, { watch: () => new Promise<void>(() => undefined) }),
    Object.assign(file, { watch: () => Promise.reject(new Error('no inotify')) }),
  ];
  const { engine, value, warnings } = layeredEngine(sources);
  await engine.start(never);
  expect(value()).toBe(true);
  expect(warnings()).toEqual(['file cannot be watched: no inotify']);
});
