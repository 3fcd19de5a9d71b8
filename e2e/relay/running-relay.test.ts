// A relay in operation that HALYARD_RELAY_URL names: its own flags, asked of it and decided here.
import { LocalProvider } from '@halyard/provider-local';
import { RemoteProvider } from '@halyard/provider-remote';
import { nodeRelayClient } from '@halyard/relay-client/server';
import { recordingLogger } from '@halyard/testkit';
import { EmbeddedRelay } from './relay-under-test.ts';
import { flagsText } from './scenario-flags.ts';

/** Compares single evaluations of a relay with ours, for all its flags and some users. */
async function differencesAt(endpoint: string): Promise<{ asked: number; found: object[] }> {
  const client = nodeRelayClient({ endpoint });
  const configuration = await client.flagConfiguration(undefined);
  await client.close();
  if (configuration === 'unchanged') throw new Error('unchanged since when?');
  const { flags, evaluationContextEnrichment: contextEnrichment } = configuration;
  const logger = recordingLogger();
  const local = new LocalProvider({ source: flags, contextEnrichment, logger });
  const remote = new RemoteProvider({ endpoint, collect: false, changes: 'off', logger });
  await Promise.all([local.initialize(), remote.initialize()]);
  const found: object[] = [];
  let asked = 0;
  for (const key of Object.keys(flags)) {
    for (let user = 0; user < 20; user++) {
      const context = {
        targetingKey: `user-${user}`,
        email: `user-${user}@pilots.test`,
        plan: user % 2 ? 'pro' : 'free',
      };
      const here = local.evaluate(key, 'default', context);
      const there = await remote.resolveStringEvaluation(key, 'default', context);
      asked++;
      const isSame = ['value', 'variant', 'reason', 'errorCode'].every(
        (name) => here[name as 'value'] === there[name as 'value'],
      );
      if (!isSame) found.push({ key, context, here, there });
    }
  }
  await Promise.all([local.onClose(), remote.onClose()]);
  return { asked, found };
}

const url = process.env['HALYARD_RELAY_URL'];
if (url !== undefined) {
  test('the flags of the relay in operation have the same answers here', async () => {
    expect((await differencesAt(url)).found).toEqual([]);
  }, 120_000);
}

test('the comparison works against an embedded relay', async () => {
  const relay = new EmbeddedRelay({ files: { 'flags.yaml': flagsText }, enrichment: { plan: 'pro' } });
  await relay.start();
  const { asked, found } = await differencesAt(relay.url);
  await relay.remove();
  expect(asked).toBeGreaterThan(150);
  expect(found).toEqual([]);
});
