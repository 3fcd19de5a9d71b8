// Asks a relay in another process, follows its changes, and ends by itself: nothing is closed, nothing holds the process.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { OpenFeature } from '@openfeature/server-sdk';
import { RemoteProvider } from '@halyard/provider-remote';

const relay = fork('relay-process.mjs', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
const [{ url }] = await once(relay, 'message');
const provider = new RemoteProvider({ endpoint: url });
await OpenFeature.setProviderAndWait(provider);
const client = OpenFeature.getClient();
assert.equal(await client.getBooleanValue('f', false, { targetingKey: 'ada' }), true);
while (provider.status().changes !== 'websocket') await new Promise((resolve) => setTimeout(resolve, 5));
assert.equal((await client.getBooleanDetails('f', false, { targetingKey: 'ada' })).reason, 'CACHED');
client.track('seen', { targetingKey: 'ada' });
relay.unref();
relay.channel.unref();
