// Evaluates through the SDK and ends by itself: nothing is closed, and nothing holds the process.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { OpenFeature } from '@openfeature/server-sdk';
import { LocalProvider } from '@halyard/provider-local';

writeFileSync('flags-esm.yaml', 'f:\n  variations: { on: true }\n  defaultRule: { variation: on }\n');
writeFileSync('flags-esm.toml', '[g]\nvariations = { on = true }\ndefaultRule = { variation = "on" }\n');
await OpenFeature.setProviderAndWait(new LocalProvider({ source: 'flags-esm.yaml' }));
assert.equal(await OpenFeature.getClient().getBooleanValue('f', false), true);
await OpenFeature.setProviderAndWait('toml', new LocalProvider({ source: 'flags-esm.toml' }));
assert.equal(await OpenFeature.getClient('toml').getBooleanValue('g', false), true);
