import type { EngineEvent } from '@halyard/core';
import { goffDialect, HalyardError, instantOfMillis } from '@halyard/core';
import { ManualClock, recordingLogger, settled } from '@halyard/testkit';
import { LocalEngine } from '../../src/engine/local-engine.ts';
import type { LoadedFlags, Source } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';

type Answer = Error | boolean | 'hang';

/** A source whose next answers a test writes down; the last one is given again and again. */
class ScriptedSource implements Source {
  readonly answers: Answer[];
  loads = 0;
  notice: () => void = () => undefined;
  constructor(...answers: Answer[]) {
    this.answers = answers;
  }
  describe(): string {
    return 'script';
  }
  watch(onChange: () => void): void {
    this.notice = onChange;
  }
  load(previousVersion: string | undefined): Promise<LoadedFlags | 'unchanged'> {
    this.loads++;
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === 'hang') return new Promise(() => undefined);
    if (answer instanceof Error) return Promise.reject(answer);
    const version = String(answer);
    if (version === previousVersion) return Promise.resolve('unchanged');
    return Promise.resolve({
      version,
      documents: [{ origin: 'script', definitions: { flag: switchedTo(answer === true) } }],
    });
  }
}

function engineOn(
  source: Source,
  pollIntervalMs = 0,
): { engine: LocalEngine; clock: ManualClock; events: EngineEvent[]; warnings: () => string[] } {
  const clock = new ManualClock();
  const logger = recordingLogger();
  const engine = new LocalEngine({
    source,
    dialect: goffDialect({ enrichment: {}, now: () => instantOfMillis(clock.now()) }),
    clock,
    random: () => 0,
    pause: async () => undefined,
    logger,
    pollIntervalMs,
    staleAfterMs: 30_000,
  });
  const events: EngineEvent[] = [];
  engine.on((event) => void events.push(event));
  const warnings = (): string[] => logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message);
  return { engine, clock, events, warnings };
}

const never = new AbortController().signal;
const valueOf = (engine: LocalEngine): unknown => engine.resolve('flag', {}).resolution.value;
const typesOf = (events: EngineEvent[]): string[] => events.map(({ type }) => type);

test('a poll that finds new flags puts them in force and says what changed', async () => {
  const source = new ScriptedSource(false, true);
  const { engine, clock, events } = engineOn(source, 1_000);
  await engine.start(never);
  expect(valueOf(engine)).toBe(false);
  await clock.pass(1_000);
  expect(valueOf(engine)).toBe(true);
  expect(events).toEqual([
    { type: 'changed', changes: [{ flag: 'flag', before: switchedTo(false), after: switchedTo(true) }] },
  ]);
  await engine.stop();
});

test('a notice has the source loaded at once, and many of them once in a while, the last one included', async () => {
  const source = new ScriptedSource(false, true, false);
  const { engine, clock } = engineOn(source);
  await engine.start(never);
  await clock.pass(100);
  source.notice();
  await settled();
  expect(source.loads).toBe(2);
  for (let time = 0; time < 1_000; time++) {
    source.notice();
    await clock.pass(1);
  }
  expect(source.loads).toBeGreaterThan(10);
  expect(source.loads).toBeLessThan(14);
  const { loads } = source;
  source.notice();
  await clock.pass(100);
  expect(source.loads).toBe(loads + 1);
  await engine.stop();
});

test('a source that fails for longer than staleAfterMs makes the flags stale, and its recovery makes them ready', async () => {
  const source = new ScriptedSource(true, new Error('gone'));
  const { engine, clock, events, warnings } = engineOn(source, 5_000);
  await engine.start(never);
  await clock.pass(5_000 + 29_999);
  expect(engine.status()).toMatchObject({
    state: 'ready',
    lastError: { message: expect.stringContaining('gone') as string },
  });
  await clock.pass(1);
  expect(engine.status()).toMatchObject({ state: 'stale', version: 'true', ageMs: 35_000 });
  expect(valueOf(engine)).toBe(true);
  source.answers.splice(0, 1, true);
  await clock.pass(60_000);
  expect(engine.status()).toMatchObject({ state: 'ready' });
  expect(engine.status()).not.toHaveProperty('lastError');
  expect(typesOf(events)).toEqual(['failure', 'stale', 'ready']);
  expect(warnings()).toHaveLength(1);
  await engine.stop();
});

test('a source that comes back in time never makes the flags stale', async () => {
  const source = new ScriptedSource(true, new Error('gone'), true);
  const { engine, clock, events } = engineOn(source, 20_000);
  await engine.start(never);
  await clock.pass(200_000);
  expect(typesOf(events)).toEqual(['failure']);
  await engine.stop();
});

test('failures are retried with growing delays even where nothing polls', async () => {
  const source = new ScriptedSource(new Error('no'));
  const { engine, clock } = engineOn(source);
  await expect(engine.start(never)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  const loadsAfter = async (ms: number): Promise<number> => {
    await clock.pass(ms);
    return source.loads;
  };
  expect(await loadsAfter(999)).toBe(1);
  expect(await loadsAfter(1)).toBe(2);
  expect(await loadsAfter(1_999)).toBe(2);
  expect(await loadsAfter(1)).toBe(3);
  expect(await loadsAfter(1_000_000)).toBeLessThan(30);
  await engine.stop();
});

test('an engine that failed to start recovers by itself and says so', async () => {
  const source = new ScriptedSource(new Error('no'), true);
  const { engine, clock, events } = engineOn(source);
  await expect(engine.start(never)).rejects.toBeInstanceOf(HalyardError);
  expect(engine.status().state).toBe('failed');
  expect(engine.resolve('flag', {}).resolution.errorCode).toBe('PROVIDER_NOT_READY');
  await clock.pass(1_000);
  expect(engine.status().state).toBe('ready');
  expect(typesOf(events)).toEqual(['failure', 'ready']);
  await engine.stop();
});

test('a source that never answers counts as failed after 30 seconds', async () => {
  const source = new ScriptedSource('hang', true);
  const { engine, clock, warnings } = engineOn(source);
  const started = expect(engine.start(never)).rejects.toMatchObject({ code: 'TIMED_OUT' });
  await clock.pass(30_000);
  await started;
  expect(warnings()).toEqual(['script did not answer within 30000 ms']);
  await clock.pass(1_000);
  expect(valueOf(engine)).toBe(true);
  await engine.stop();
});

test('whoever gives up waiting for the start does not end it', async () => {
  const source = new ScriptedSource('hang', true);
  const { engine, clock } = engineOn(source);
  const waiting = new AbortController();
  const started = expect(engine.start(waiting.signal)).rejects.toThrow('enough');
  waiting.abort(new Error('enough'));
  await started;
  await clock.pass(31_000);
  expect(engine.status().state).toBe('ready');
  await engine.stop();
});

test('after stop nothing waits and nothing is told', async () => {
  const source = new ScriptedSource(true, new Error('gone'));
  const { engine, clock, events } = engineOn(source, 1_000);
  await engine.start(never);
  await clock.pass(1_000);
  await engine.stop();
  await engine.stop();
  expect(clock.timers).toBe(0);
  events.length = 0;
  await clock.pass(1_000_000);
  expect(events).toEqual([]);
  expect(engine.status().state).toBe('closed');
  await expect(engine.reload()).rejects.toMatchObject({ code: 'CLOSED' });
});

test('stop during a load leaves no flags behind, and a new start works', async () => {
  const source = new ScriptedSource('hang', true);
  const { engine } = engineOn(source);
  const started = expect(engine.start(never)).rejects.toBeDefined();
  await engine.stop();
  await started;
  expect(engine.flags).toBeUndefined();
  await engine.start(never);
  expect(valueOf(engine)).toBe(true);
  await engine.stop();
});

test('ages do not follow jumps of the wall clock', async () => {
  const { engine, clock } = engineOn(new ScriptedSource(true));
  await engine.start(never);
  jest.spyOn(clock, 'now').mockReturnValue(clock.now() + 86_400_000);
  expect(engine.status()).toMatchObject({ ageMs: 0 });
  await engine.stop();
});

test('a listener that throws harms neither the others nor the engine', async () => {
  const source = new ScriptedSource(false, true);
  const { engine } = engineOn(source);
  const heard = jest.fn();
  engine.on(() => {
    throw new Error('bad listener');
  });
  engine.on(heard);
  await engine.start(never);
  await engine.reload();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(valueOf(engine)).toBe(true);
  await engine.stop();
});
