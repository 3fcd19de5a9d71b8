// Follows a table of Supabase until its flag is on, closes everything, and must end by itself then:
//   node supabase-process.mjs <url> <key>
import { LocalProvider } from '@halyard/provider-local';
import { supabaseSource } from '@halyard/provider-local/sources/supabase';
import { createClient } from '@supabase/supabase-js';
import WebSocket from 'ws';

const [url, key] = process.argv.slice(2);
const quiet = { error() {}, warn() {}, info() {}, debug() {} };

const client = createClient(url, key, { realtime: { transport: WebSocket } });
const provider = new LocalProvider({ source: supabaseSource({ client, pollIntervalMs: 3_600_000 }), logger: quiet });
const changed = new Promise((resolve) => provider.on('flagsUpdated', resolve));
await provider.initialize();
while (!provider.evaluate('flag', false).value) await changed;
console.log('on');
await provider.onClose();
await client.realtime.disconnect();
console.log('closed');
