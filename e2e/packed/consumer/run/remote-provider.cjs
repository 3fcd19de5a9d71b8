const assert = require('node:assert/strict');
const { OpenFeature } = require('@openfeature/server-sdk');
const { RemoteProvider } = require('@halyard/provider-remote');
const { DataCollectorHook, fileExporter } = require('@halyard/hooks');
const { createRelay } = require('@halyard/relay');

async function main() {
  const definition = { variations: { on: true }, defaultRule: { variation: 'on' } };
  const relay = await createRelay({ source: { f: definition }, port: 0 });
  const hook = new DataCollectorHook({ exporter: fileExporter('usage.jsonl') });
  OpenFeature.addHooks(hook);
  await OpenFeature.setProviderAndWait(new RemoteProvider({ endpoint: relay.url, collect: false }));
  assert.equal(await OpenFeature.getClient().getBooleanValue('f', false), true);
  assert.deepEqual(await hook.flush(), { sent: 1, left: 0 });
  await OpenFeature.close();
  await relay.close();
}

void main();
