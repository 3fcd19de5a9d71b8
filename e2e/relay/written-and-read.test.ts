// What relays write about themselves, the codecs of relay-client read, whoever wrote it.
import { decodeHealth, decodeInfo, decodeManifest } from '@halyard/relay-client';
import { nodeRelayClient } from '@halyard/relay-client/server';
import { fnv1a } from '@halyard/core';
import { describeBothRelays } from './relay-under-test.ts';

jest.setTimeout(60_000);

const flags = {
  'new-search': {
    variations: { on: true, off: false },
    defaultRule: { variation: 'off' },
    metadata: { defaultValue: false, description: 'the new search' },
  },
  plain: { variations: { a: 'x' }, defaultRule: { variation: 'a' } },
};

describeBothRelays('written and read', (create) => {
  test('health, info, manifest, configuration and hashes', async () => {
    const relay = create({ files: { 'flags.yaml': JSON.stringify(flags) }, enrichment: { env: 'test' } });
    await relay.start();
    const textOf = async (path: string): Promise<string> => (await fetch(relay.url + path)).text();
    expect(decodeHealth(await textOf('/health'))).toEqual({ initialized: true });
    const age = Date.now() - Date.parse(decodeInfo(await textOf('/info')).cacheRefresh);
    expect(Math.abs(age)).toBeLessThan(60_000);
    expect(decodeManifest(await textOf('/openfeature/v0/manifest'))).toEqual({
      flags: [{ key: 'new-search', type: 'boolean', defaultValue: false, description: 'the new search' }],
    });

    const client = nodeRelayClient({ endpoint: relay.url });
    const configuration = await client.flagConfiguration(undefined);
    expect(configuration).toMatchObject({ flags, evaluationContextEnrichment: { env: 'test' } });
    const { etag } = configuration as { etag?: string };
    expect(await client.flagConfiguration(etag)).toBe('unchanged');
    const some = await client.flagConfiguration(undefined, undefined, ['plain', 'missing']);
    expect(Object.keys((some as { flags: object }).flags)).toEqual(['plain']);
    const hashes = await client.flagHashes(undefined);
    const written = '{"variations":{"a":"x"},"defaultRule":{"variation":"a"}}';
    expect((hashes as { flags: ReadonlyMap<string, number> }).flags.get('plain')).toBe(fnv1a(written));
    await client.close();
    await relay.remove();
  });
});
