import { recordingLogger } from '@halyard/testkit';
import { createLocalEngine, describeDiagnostic, localProviderRules } from '@halyard/provider-local/engine';

const flag = {
  variations: { yes: true, no: false },
  targeting: [{ query: 'level in [1, 2]', variation: 'yes' }],
  defaultRule: { variation: 'no' },
};

test('makes the engine behind LocalProvider, for others who serve flags', async () => {
  const engine = createLocalEngine({ source: { flag, bad: {} }, logger: recordingLogger() });
  await engine.start(new AbortController().signal);
  expect(engine.resolve('flag', { level: 1 }).resolution.value).toBe(true);
  expect(engine.flags?.keys()).toEqual(['flag']);
  expect(engine.diagnostics().map(describeDiagnostic)).toContain(
    'inline definitions: flag "bad" is left out: the flag has no defaultRule',
  );
  expect(engine.status()).toMatchObject({ state: 'ready', source: 'inline definitions' });
  await engine.stop();
});

test.each([
  [undefined, false],
  [true, true],
])('whole numbers of the enrichment are integers if told so: %s', async (enrichmentHasIntegers, expected) => {
  const logger = recordingLogger();
  const told = enrichmentHasIntegers === undefined ? {} : { enrichmentHasIntegers };
  const engine = createLocalEngine({ source: { flag }, contextEnrichment: { level: 2 }, logger, ...told });
  await engine.start(new AbortController().signal);
  expect(engine.resolve('flag', {}).resolution.value).toBe(expected);
  await engine.stop();
});

test('its options are those of LocalProvider that are about flags', () => {
  expect(Object.keys(localProviderRules)).toEqual(
    expect.arrayContaining(['source', 'pollIntervalMs', 'staleAfterMs', 'contextEnrichment']),
  );
});
