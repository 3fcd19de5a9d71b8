// Serves one flag, over HTTP and as a relay, until its standard input ends: node flag-server.mjs '{ "host": …,
// "httpPort": …, "relayPort": …, "value": … }'. Takes commands as lines of JSON and answers each with a line:
// { "value": … } changes what the flag answers; { "report": true } tells what was asked so far.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createRelay } from '@halyard/relay';

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const { host, httpPort = 0, relayPort = 0, ...given } = JSON.parse(process.argv[2]);
let { value } = given;
let changed = () => {};
let requests = 0;
/** Evaluations that the relay made, by user. */
const evaluations = {};

const definitions = () => ({ flag: { variations: { only: value }, defaultRule: { variation: 'only' } } });
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const server = createServer((request, response) => {
  requests++;
  const etag = `"${value}"`;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
  response.writeHead(200, { etag, 'content-type': 'application/json' }).end(JSON.stringify(definitions()));
});
await once(server.listen(httpPort, host), 'listening');

const source = {
  describe: () => 'one flag',
  load: async () => ({ version: value, documents: [{ origin: 'one flag', definitions: definitions() }] }),
  watch: (onChange) => void (changed = onChange),
};
const exporter = {
  export(batch) {
    for (const { userKey, source: decidedBy } of batch) {
      if (decidedBy === 'SERVER') evaluations[userKey] = (evaluations[userKey] ?? 0) + 1;
    }
  },
};
const relay = await createRelay({ source, host, port: relayPort, exporter, flushIntervalMs: 50, logger: quiet });
tell({ httpPort: server.address().port, relayPort: relay.port });

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.value !== undefined) {
    value = command.value;
    changed();
  }
  tell({ requests, evaluations });
}
process.exit();
