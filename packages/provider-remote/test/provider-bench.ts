import type { RemoteProviderOptions } from '@halyard/provider-remote';
import { RemoteProvider } from '@halyard/provider-remote';
import type { RecordingLogger } from '@halyard/testkit';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { Client } from '@openfeature/server-sdk';
import { OpenFeature } from '@openfeature/server-sdk';
import { ScriptedRelay } from './scripted-relay.ts';

/** A provider in a client of the real SDK, and the relay it asks. */
export interface Bench {
  readonly relay: ScriptedRelay;
  readonly provider: RemoteProvider;
  readonly client: Client;
  readonly logger: RecordingLogger;
  /** Everything that the provider told by its own events. */
  readonly told: { readonly event: string; readonly details: unknown }[];
}

const relays: ScriptedRelay[] = [];

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  await OpenFeature.clearProviders();
  for (const relay of relays.splice(0)) await relay.kill();
}

export async function scriptedRelay(): Promise<ScriptedRelay> {
  const relay = await new ScriptedRelay().open();
  relay.flags.set('flag', { value: true });
  relay.flags.set('other', { value: 'blue' });
  relays.push(relay);
  return relay;
}

/** A provider that is not started. */
export function providerFor(relay: ScriptedRelay, options: RemoteProviderOptions = {}): Omit<Bench, 'client'> {
  const logger = recordingLogger();
  const provider = new RemoteProvider({ endpoint: relay.url, changes: 'sse', logger, ...options });
  const told: Bench['told'] = [];
  const events = ['ready', 'stale', 'error', 'flagsUpdated', 'flagChanged', 'rateLimited', 'eventsDropped'] as const;
  for (const event of events) provider.on(event, (details) => void told.push({ event, details }));
  return { relay, provider, logger, told };
}

/** A provider at work, with changes followed. */
export async function started(options: RemoteProviderOptions = {}): Promise<Bench> {
  const relay = await scriptedRelay();
  const bench = providerFor(relay, options);
  await OpenFeature.setProviderAndWait(bench.provider);
  const followed = (): boolean => {
    const status = bench.provider.status();
    return status.state === 'ready' && status.changes === 'sse';
  };
  if (options.changes === undefined) await eventually('changes are followed', () => followed() && relay.isFollowed);
  return { ...bench, client: OpenFeature.getClient() };
}
