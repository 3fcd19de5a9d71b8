// The same in a worker thread, which ends by itself too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { LocalProvider } from '@halyard/provider-local';

if (isMainThread) {
  const [answer] = await once(new Worker(new URL(import.meta.url)), 'message');
  assert.equal(answer, 'on');
} else {
  const definition = { variations: { on: 'on' }, defaultRule: { variation: 'on' } };
  const provider = new LocalProvider({ source: { f: definition } });
  await provider.initialize();
  parentPort.postMessage(provider.evaluate('f', 'off').value);
}
