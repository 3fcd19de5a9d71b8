const assert = require('node:assert/strict');
const { writeFileSync } = require('node:fs');
const { OpenFeature } = require('@openfeature/server-sdk');
const { LocalProvider } = require('@halyard/provider-local');

async function main() {
  writeFileSync('flags-cjs.yaml', 'f:\n  variations: { on: true }\n  defaultRule: { variation: on }\n');
  writeFileSync('flags-cjs.toml', '[g]\nvariations = { on = true }\ndefaultRule = { variation = "on" }\n');
  await OpenFeature.setProviderAndWait(new LocalProvider({ source: 'flags-cjs.yaml' }));
  assert.equal(await OpenFeature.getClient().getBooleanValue('f', false), true);
  await OpenFeature.setProviderAndWait('toml', new LocalProvider({ source: 'flags-cjs.toml' }));
  assert.equal(await OpenFeature.getClient('toml').getBooleanValue('g', false), true);
}

void main();
