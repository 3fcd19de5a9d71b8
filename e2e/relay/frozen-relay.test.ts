// A relay that is there and does not answer: its process is stopped, its connections stay open.
import { RemoteProvider } from '@halyard/provider-remote';
import { eventually, recordingLogger } from '@halyard/testkit';
import { describeRelayProxy } from './relay-proxy-binary.ts';
import { RelayProxy } from './relay-under-test.ts';
import { flagsText } from './scenario-flags.ts';

jest.setTimeout(120_000);

const TIMEOUT_MS = 1_000;
const ada = { targetingKey: 'ada' };

describeRelayProxy('a relay that is frozen', () => {
  test('costs no evaluation more than its limit, and nothing once it is noticed', async () => {
    const relay = new RelayProxy({ files: { 'flags.yaml': flagsText } });
    await relay.start();
    const logger = recordingLogger();
    const provider = new RemoteProvider({ endpoint: relay.url, timeoutMs: TIMEOUT_MS, logger });
    await provider.initialize();
    await provider.resolveStringEvaluation('colour', '', ada);
    await relay.freeze(true);

    const begun = performance.now();
    const unknown = await provider.resolveBooleanEvaluation('switch', true, ada);
    expect(unknown).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'GENERAL' });
    expect(unknown.errorMessage).toContain(`${TIMEOUT_MS} ms`);
    // generous: what is tested is that the limit counts, not how long an idle machine takes for it
    expect(performance.now() - begun).toBeLessThan(20 * TIMEOUT_MS);
    expect(await provider.resolveStringEvaluation('colour', '', ada)).toMatchObject({ reason: 'CACHED' });
    await eventually('the provider is stale', () => provider.status().state === 'stale');

    await relay.freeze(false);
    await eventually('the provider is ready', () => provider.status().state === 'ready');
    expect(await provider.resolveBooleanEvaluation('switch', true, ada)).toMatchObject({
      value: false,
      reason: 'DEFAULT',
    });
    await provider.onClose();
    await relay.remove();
  });
});
