// Whoever awaits a provider gets an answer, even where nothing but the provider keeps the process going.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { LocalProvider } from '@halyard/provider-local';

const flagOf = (on) => JSON.stringify({ f: { variations: { v: on }, defaultRule: { variation: 'v' } } });
writeFileSync('flags-await.json', flagOf(false));
const provider = new LocalProvider({ source: 'flags-await.json', pollIntervalMs: 0 });
await provider.initialize();
writeFileSync('flags-await.json', flagOf(true));
await provider.reload();
assert.equal(provider.evaluate('f', false).value, true);

const silent = { describe: () => 'silent', load: () => new Promise(() => undefined) };
await assert.rejects(new LocalProvider({ source: silent, initTimeoutMs: 50 }).initialize(), /no flags after 50 ms/);
