// Whoever awaits a remote provider gets an answer, even where nothing but the provider keeps the process going.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { RemoteProvider } from '@halyard/provider-remote';

const relay = fork('relay-process.mjs', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
const [{ url }] = await once(relay, 'message');
relay.unref();
relay.channel.unref();

for (const changes of ['off', 'poll', 'sse', 'websocket', 'auto']) {
  const provider = new RemoteProvider({ endpoint: url, changes });
  await provider.initialize();
  await provider.refresh();
  await provider.refresh();
  const { value } = await provider.resolveBooleanEvaluation('f', false, { targetingKey: 'ada' });
  assert.equal(value, true);
  await provider.onClose();
}
