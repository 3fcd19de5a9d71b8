import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layered, relaySource } from '@halyard/provider-local';
import { eventually } from '@halyard/testkit';
import type { RelayUnderTest } from '../relay/relay-under-test.ts';
import { describeBothRelays } from '../relay/relay-under-test.ts';
import { closeProviders, documentOf, following, isOn } from './following.ts';

jest.setTimeout(60_000);

const french = JSON.stringify({
  flag: {
    variations: { on: true, off: false },
    targeting: [{ name: 'french', query: 'country eq "FR"', variation: 'on' }],
    defaultRule: { variation: 'off' },
  },
});

describeBothRelays('flags of a relay, decided here', (create) => {
  let relay: RelayUnderTest;
  const key = 'canary-key';

  afterEach(async () => {
    await closeProviders();
    await relay.remove();
  });

  async function started(text: string, enrichment?: Record<string, unknown>): Promise<RelayUnderTest> {
    relay = create({ files: { 'flags.yaml': text }, apiKeys: [key], ...(enrichment && { enrichment }) });
    await relay.start();
    return relay;
  }

  test.each(['websocket', 'sse'] as const)('a change comes by %s, without a poll', async (changes) => {
    const { url } = await started(documentOf(false));
    const { provider, log } = await following(relaySource({ endpoint: url, apiKey: key, changes, pollIntervalMs: 0 }));
    expect(isOn(provider)).toBe(false);
    await eventually('the change is in force', () => {
      relay.edit(documentOf(true));
      return isOn(provider);
    });
    expect(log()).not.toContain(key);
  });

  test('the attributes that the relay merges over contexts count', async () => {
    const { url } = await started(french, { country: 'FR' });
    const { provider } = await following(relaySource({ endpoint: url, apiKey: key }));
    expect(provider.evaluate('flag', false, { country: 'DE' }).value).toBe(true);
  });

  test('a restart without the relay serves what was saved, and the relay takes over when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halyard-cache-'));
    try {
      const { url } = await started(documentOf(true));
      const source = () =>
        layered([relaySource({ endpoint: url, apiKey: key, pollIntervalMs: 200 })], { cache: join(folder, 'flags') });
      await following(source());
      await eventually('it is saved', () => existsSync(join(folder, 'flags')));
      await closeProviders();
      await relay.kill();
      const { provider } = await following(source());
      expect(isOn(provider)).toBe(true);
      await eventually('it is stale', () => provider.status().state === 'stale');
      relay.edit(documentOf(false));
      await relay.start();
      await eventually('the relay takes over', () => !isOn(provider) && provider.status().state === 'ready');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
