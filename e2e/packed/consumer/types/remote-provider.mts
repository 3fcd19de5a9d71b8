import { OpenFeature } from '@openfeature/server-sdk';
import type { RemoteProviderOptions, RemoteStats, RemoteStatus } from '@halyard/provider-remote';
import { RemoteProvider } from '@halyard/provider-remote';
import type { UsageExporter } from '@halyard/hooks';
import { DataCollectorHook, EnrichContextHook, fileExporter, relayExporter } from '@halyard/hooks';
import { createRelay } from '@halyard/relay';
import { AnswerCache } from '@halyard/cache';
import { systemClock } from '@halyard/core';
import { nodeRelayClient } from '@halyard/relay-client/server';

const options: RemoteProviderOptions = { endpoint: new URL('http://localhost:1031'), changes: { mode: 'poll' } };

export async function start(): Promise<RemoteStatus> {
  const provider = new RemoteProvider(options);
  await OpenFeature.setProviderAndWait(provider);
  const stats: RemoteStats = provider.stats();
  const isOn: boolean = (await provider.snapshot({})).boolean('flag', stats.cache.size > 0);
  provider.on('rateLimited', ({ retryAfterMs = 0 }) => retryAfterMs > 0 && isOn);
  return provider.status();
}

export const own: UsageExporter = {
  export: async ({ events }) => ({ status: events.length > 0 ? 'accepted' : 'accepted' }),
};

export function hooks(): void {
  const exporters = [own, fileExporter('usage.jsonl'), relayExporter({ endpoint: 'http://localhost:1031' })];
  for (const exporter of exporters) OpenFeature.addHooks(new DataCollectorHook({ exporter }));
  OpenFeature.addHooks(new EnrichContextHook({ app: 'shop' }), new EnrichContextHook(() => ({ build: 7 })));
}

export const parts = {
  relay: createRelay,
  client: nodeRelayClient,
  cache: new AnswerCache<string>({ maxEntries: 1, ttlMs: 1, staleTtlMs: 1, clock: systemClock }),
};

// @ts-expect-error an unknown mode
export const wrong: RemoteProviderOptions = { changes: 'push' };
