// The least a relay can be, in a process of its own, so that what is measured is the client: one flag, its hashes, and
// notices by WebSocket. Started with a channel; every message is a new value of the flag.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

let value = 'first';
const json = { 'content-type': 'application/json' };

const answers = {
  '/v1/flag/change': () => ({
    hash: value.length,
    flags: { flag: [...value].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2 ** 31 },
  }),
  '/v1/feature/flag/eval': () => ({
    ...{ trackEvents: true, variationType: 'on', failed: false, version: '', reason: 'STATIC' },
    ...{ errorCode: '', value, cacheable: true },
  }),
};

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const body = JSON.stringify(answers[request.url]?.() ?? { ingestedContentCount: 0 });
    response.writeHead(200, { ...json, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (stream) => sockets.emit('connection', stream)),
);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', (next) => {
  const message = JSON.stringify({ deleted: {}, added: {}, updated: { flag: { old_value: value, new_value: next } } });
  value = next;
  const at = performance.timeOrigin + performance.now();
  for (const stream of sockets.clients) stream.send(message);
  process.send({ at });
});

// ends with whoever started it
process.on('disconnect', () => process.exit());
