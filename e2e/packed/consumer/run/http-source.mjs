// Follows flags over HTTP in layers with a cache, and ends by itself: nothing is closed, and nothing holds the process.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { OpenFeature } from '@openfeature/server-sdk';
import { httpSource, layered, LocalProvider } from '@halyard/provider-local';

const flags = { f: { variations: { on: true }, defaultRule: { variation: 'on' } } };

function serve() {
  const server = createServer((request, response) => {
    if (request.url === '/flags.json')
      response.setHeader('content-type', 'application/json').end(JSON.stringify(flags));
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(`http://127.0.0.1:${server.address().port}`));
}

async function follow() {
  const server = new Worker(new URL(import.meta.url));
  const [url] = await once(server, 'message');
  server.unref();

  // from here on only the providers could keep the process going
  const source = layered([httpSource(`${url}/flags.json`, { pollIntervalMs: 20 })], { cache: 'flags-http.cache' });
  const provider = new LocalProvider({ source });
  await OpenFeature.setProviderAndWait(provider);
  await provider.reload();
  assert.equal(await OpenFeature.getClient().getBooleanValue('f', false), true);
  assert.equal(provider.status().layers[0].state, 'inForce');

  // a request under way may hold it, for as long as requests may take
  const silent = httpSource(`${url}/silent.json`, { timeoutMs: 500 });
  await assert.rejects(new LocalProvider({ source: silent, initTimeoutMs: 50 }).initialize(), /no flags after 50 ms/);
  const slow = layered([httpSource(`${url}/silent.json`, { timeoutMs: 500 })], { slowAfterMs: 20, bootstrap: flags });
  await OpenFeature.setProviderAndWait('slow', new LocalProvider({ source: slow }));
  assert.equal(await OpenFeature.getClient('slow').getBooleanValue('f', false), true);
  process.on('exit', () => assert.ok(existsSync('flags-http.cache')));
}

if (isMainThread) await follow();
else serve();
