import type { FlagChange } from '@halyard/core';
import fc from 'fast-check';
import type { FlagHashes } from '../../../src/index.ts';
import { startedBench } from './follower-bench.ts';

const flags = ['a', 'b', 'c'] as const;

const step = fc.record({
  flag: fc.constantFrom(...flags),
  isNoticed: fc.boolean(),
  isLost: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  waitMs: fc.constantFrom(0, 10, 60, 900, 5_000, 40_000),
  lag: fc.integer({ min: 0, max: 2 }),
});

/** Whoever asks for a flag again when it is told of it has the relay's newest state in the end. */
test('in the end the newest state is known, in whatever order notices, edits and old answers come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const history: Record<string, number>[] = [{ a: 1, b: 1 }];
      let lag = 0;
      const current = (behind = 0): Record<string, number> => history[Math.max(0, history.length - 1 - behind)] ?? {};
      const flagHashes = async (etag: string | undefined): Promise<FlagHashes | 'unchanged'> => {
        const answer = current(lag);
        const tag = JSON.stringify(answer);
        return tag === etag ? 'unchanged' : { etag: tag, hash: 0, flags: new Map(Object.entries(answer)) };
      };
      const view = new Map(Object.entries(current()));
      const changed = (changes: readonly FlagChange[]): void => {
        for (const { flag } of changes) view.set(flag, current()[flag] as number);
      };
      const nothing = (): void => undefined;
      const events = { modeChanged: nothing, suspected: nothing, changed, confirmed: nothing, failed: nothing };
      const { follower, clock, websocket } = await startedBench({ client: { flagHashes }, events });
      for (const { flag, isNoticed, isLost, waitMs, lag: nextLag } of steps) {
        const hash = 10 + history.length;
        const before = current()[flag];
        history.push({ ...current(), [flag]: hash });
        lag = nextLag;
        if (isLost) websocket.lose();
        else if (isNoticed) websocket.push({ updated: { [flag]: { old_value: before, new_value: hash } } });
        await clock.pass(waitMs);
      }
      lag = 0;
      await clock.pass(120_000);
      expect(Object.fromEntries(view)).toEqual(current());
      follower.stop();
      expect(clock.timers).toBe(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);
