import { goffDialect, instantOfMillis } from '@halyard/core';
import { ManualClock, recordingLogger } from '@halyard/testkit';
import { LocalEngine } from '../../src/engine/local-engine.ts';
import { ScriptedSource } from '../scripted-source.ts';

const never = new AbortController().signal;

test.each([
  [0, 10_000],
  [0.5, 9_500],
  [1, 9_000],
])('polls are spread: with the random number %d the next one comes after %d ms', async (random, delayMs) => {
  const clock = new ManualClock();
  const source = new ScriptedSource('remote', true);
  const engine = new LocalEngine({
    ...{ source, clock, random: () => random, pause: async () => undefined, logger: recordingLogger() },
    dialect: goffDialect({ enrichment: {}, now: () => instantOfMillis(clock.now()) }),
    pollIntervalMs: 10_000,
    staleAfterMs: 30_000,
  });
  await engine.start(never);
  await clock.pass(delayMs - 1);
  expect(source.loads).toHaveLength(1);
  await clock.pass(1);
  expect(source.loads).toHaveLength(2);
  await engine.stop();
});
