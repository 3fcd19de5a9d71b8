import type { Logger } from '@halyard/core';
import { goffDialect, HalyardError, instantOfMillis } from '@halyard/core';
import { ManualClock, recordingLogger } from '@halyard/testkit';
import { LocalEngine } from '../../src/engine/local-engine.ts';
import type { Source } from '../../src/index.ts';
import { ScriptedSource } from '../scripted-source.ts';

const never = new AbortController().signal;

function engineOver(
  source: Source,
  {
    clock,
    random = () => 0,
    logger = recordingLogger(),
  }: { clock: ManualClock; random?: () => number; logger?: Logger },
): LocalEngine {
  return new LocalEngine({
    ...{ source, clock, random, pause: async () => undefined, logger },
    dialect: goffDialect({ enrichment: {}, now: () => instantOfMillis(clock.now()) }),
    pollIntervalMs: 10_000,
    staleAfterMs: 30_000,
  });
}

test.each([
  [0, 10_000],
  [0.5, 9_500],
  [1, 9_000],
])('polls are spread: with the random number %d the next one comes after %d ms', async (random, delayMs) => {
  const clock = new ManualClock();
  const source = new ScriptedSource('remote', true);
  const engine = engineOver(source, { clock, random: () => random });
  await engine.start(never);
  await clock.pass(delayMs - 1);
  expect(source.loads).toHaveLength(1);
  await clock.pass(1);
  expect(source.loads).toHaveLength(2);
  await engine.stop();
});

test('causes that take turns are told once each, until it works again', async () => {
  const refused = (code: 'NETWORK_FAILED' | 'TIMED_OUT', text: string): Error => new HalyardError(code, text);
  const turns = Array.from({ length: 50 }, (_, turn) => refused(turn % 2 ? 'NETWORK_FAILED' : 'TIMED_OUT', `${turn}`));
  const source = new ScriptedSource('remote', true, ...turns);
  const clock = new ManualClock();
  const logger = recordingLogger();
  const engine = engineOver(source, { clock, logger });
  const failures: string[] = [];
  engine.on((event) => void (event.type === 'failure' && failures.push(event.error.code)));
  await engine.start(never);
  await clock.pass(3_000_000);
  const warnings = (): string[] => logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message);
  expect(warnings()).toEqual(['0; the flags in force stay', '1; the flags in force stay']);
  expect(failures).toEqual(['TIMED_OUT', 'NETWORK_FAILED']);
  source.answers.splice(0, source.answers.length, false, turns[0] as Error);
  await clock.pass(200_000);
  expect(warnings()).toHaveLength(3);
  await engine.stop();
});

test('every fault of a document is told, and why there are no flags is in the answer', async () => {
  const source = new ScriptedSource('remote', { text: '{' }, { text: '[]' }, { text: '{' }, { text: '[]' });
  const clock = new ManualClock();
  const logger = recordingLogger();
  const engine = engineOver(source, { clock, logger });
  await expect(engine.start(never)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  await clock.pass(600_000);
  expect(logger.entries.filter(({ level }) => level === 'warn')).toHaveLength(2);
  const { errorCode, errorMessage } = engine.resolve('flag', {}).resolution;
  expect(errorCode).toBe('PROVIDER_NOT_READY');
  const { lastError } = engine.status() as { lastError?: HalyardError };
  expect(errorMessage).toBe(`the provider has no flags: ${lastError?.message}`);
  await engine.stop();
  expect(engine.resolve('flag', {}).resolution.errorMessage).toMatch(/has not started, or was closed/);
});
