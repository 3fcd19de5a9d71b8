// The command as npm installs it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

writeFileSync('flags-serve.yaml', 'f:\n  variations: { on: true }\n  defaultRule: { variation: on }\n');
const command = join('node_modules', '.bin', 'halyard');
const serve = spawn(command, ['serve', 'flags-serve.yaml', '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [text] = await once(serve.stdout.setEncoding('utf8'), 'data');
const { url } = JSON.parse(text.split('\n')[0]);
const answer = await fetch(`${url}/ofrep/v1/evaluate/flags/f`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ context: { targetingKey: 'ada' } }),
});
assert.equal((await answer.json()).value, true);
serve.kill('SIGTERM');
assert.deepEqual(await once(serve, 'exit'), [0, null]);
