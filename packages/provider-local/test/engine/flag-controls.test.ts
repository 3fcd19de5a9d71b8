import { rulesetDialect } from '@halyard/core/ruleset';
import { ManualClock, recordingLogger } from '@halyard/testkit';
import { LocalEngine } from '../../src/engine/local-engine.ts';

test('a kill switch that is activated while a new set is being made is not lost with it', async () => {
  let loads = 0;
  let betweenSlices = (): void => undefined;
  const engine = new LocalEngine({
    source: {
      describe: () => 'rulesets',
      load: async () => {
        const features = { f: { percentage: 100 }, [`new${++loads}`]: { percentage: 100 } };
        const definitions = { r: { type: 'percentage', features } };
        return { version: String(loads), documents: [{ origin: 'rulesets', definitions }] };
      },
    },
    dialect: rulesetDialect({ enrichment: {} }),
    clock: new ManualClock(),
    random: () => 0,
    pause: async () => betweenSlices(),
    logger: recordingLogger(),
    pollIntervalMs: 0,
    staleAfterMs: 30_000,
  });
  await engine.start(new AbortController().signal);
  betweenSlices = () => {
    betweenSlices = () => undefined;
    engine.control({ killSwitch: true });
  };
  await engine.reload();
  expect(engine.flags?.entry('new2')).toBeDefined();
  expect(engine.resolve('f', {}).resolution).toMatchObject({ value: false, reason: 'DISABLED' });
  await engine.stop();
});
