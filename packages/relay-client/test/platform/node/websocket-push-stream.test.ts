import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { eventually, settled } from '@halyard/testkit';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { nodeStreams } from '../../../src/server.ts';
import type { HeardStream } from './heard-stream.ts';
import { holdingSockets, listenTo } from './heard-stream.ts';

const stream = nodeStreams[0] as (typeof nodeStreams)[number];

let server: Server;
let sockets: Socket[];
let peers: WebSocket[];
let requests: IncomingMessage[];
/** What an upgrade is answered with instead of a WebSocket. */
let refusal: string | undefined;

beforeEach(async () => {
  [sockets, peers, requests, refusal] = [[], [], [], undefined];
  const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  server = createServer((_request, response) => response.writeHead(404).end());
  server.on('connection', (socket: Socket) => void sockets.push(socket.unref()));
  server.on('upgrade', (request, socket, head) => {
    requests.push(request);
    if (refusal !== undefined) return void socket.end(refusal);
    upgrades.handleUpgrade(request, socket, head, (peer) => void peers.push(peer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const address = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

async function connected(): Promise<HeardStream & { peer: WebSocket }> {
  const made = listenTo(stream, `ws://${address()}/stream?apiKey=canary%2Bkey`);
  await eventually('the stream is up', () => made.heard.includes('opened') && peers.length > 0);
  made.heard.length = 0;
  return { ...made, peer: peers[peers.length - 1] as WebSocket };
}

test('texts, pings and the end of the connection are told', async () => {
  const { heard, peer } = await connected();
  peer.send('{"a":"ü"}\n');
  peer.ping();
  await eventually('both have come', () => heard.length === 2);
  peer.terminate();
  await eventually('the end is told', () => heard.length === 3);
  expect(heard).toEqual(['message {"a":"ü"}\n', 'alive', 'lost closed with 1006']);
});

test('a clean goodbye is an end like any other', async () => {
  const { heard, peer } = await connected();
  peer.close(1001, 'going away');
  await eventually('the end is told', () => heard.length === 1);
  expect(heard).toEqual(['lost closed with 1001']);
});

test('the address arrives as it was given, and no compression is asked for', async () => {
  const { connection } = await connected();
  expect(requests[0]?.url).toBe('/stream?apiKey=canary%2Bkey');
  expect(requests[0]?.headers['sec-websocket-extensions']).toBeUndefined();
  expect(JSON.stringify(requests[0]?.headers)).not.toContain('canary');
  connection.close();
});

test('pings are answered', async () => {
  const { peer, connection } = await connected();
  const answered = new Promise((resolve) => void peer.on('pong', resolve));
  peer.ping();
  await answered;
  connection.close();
});

test('a binary frame is unreadable, and the connection goes on', async () => {
  const { heard, peer, connection } = await connected();
  peer.send(Buffer.from([1, 2, 3]));
  peer.send('text');
  await eventually('both have come', () => heard.length === 2);
  expect(heard).toEqual(['unreadable a binary frame', 'message text']);
  connection.close();
});

test.each([
  ['a text that is no UTF-8', Buffer.from([0x81, 0x02, 0xc3, 0x28]), 'WS_ERR_INVALID_UTF8'],
  ['a frame of an unknown kind', Buffer.from([0x83, 0x00]), 'WS_ERR_INVALID_OPCODE'],
  ['a frame with reserved bits', Buffer.from([0xc1, 0x01, 0x61]), 'WS_ERR_UNEXPECTED_RSV_1'],
  ['no frame at all', Buffer.from('HTTP/1.1 500 canary\r\n\r\n'), 'WS_ERR_'],
])('%s ends the connection', async (_name, bytes, why) => {
  const { heard } = await connected();
  sockets[0]?.write(bytes);
  await eventually('the end is told', () => heard.length === 2);
  expect(heard).toEqual([
    expect.stringMatching(new RegExp(`^unreadable ${why}`)) as string,
    expect.stringMatching(new RegExp(`^lost ${why}`)) as string,
  ]);
});

test('a message of more than 8 MiB ends the connection before it is read', async () => {
  const { heard, peer } = await connected();
  peer.send('x'.repeat(8 * 1024 * 1024));
  await eventually('the largest that is read has come', () => heard.length === 1);
  peer.send('x'.repeat(8 * 1024 * 1024 + 1));
  await eventually('the end is told', () => heard.length === 3);
  expect(heard).toEqual([
    'message 8388608',
    'unreadable WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    'lost WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  ]);
});

test('a frame that is cut off is no message', async () => {
  const { heard } = await connected();
  sockets[0]?.end(Buffer.from([0x81, 0x7e, 0x01, 0x00, 0x61]));
  await eventually('the end is told', () => heard.length === 1);
  expect(heard).toEqual([expect.stringMatching(/^lost /)]);
});

test.each([
  ['HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n', 'refused 401'],
  ['HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n', 'refused 302'],
  ['HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>', 'refused 200'],
  [
    'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n',
    'failed unknown cause',
  ],
  ['garbage canary\r\n\r\n', 'failed HPE_INVALID_CONSTANT'],
  ['', 'failed ECONNRESET'],
])('an upgrade that is answered with %j is over', async (answer, end) => {
  refusal = answer;
  const { heard } = listenTo(stream, `ws://${address()}/stream?apiKey=canary`);
  await eventually('the end is told', () => heard.length > 0);
  await settled();
  expect(heard).toEqual([end]);
});

test('a server that is not there is a failure', async () => {
  const gone = address();
  await new Promise((resolve) => server.close(resolve));
  const { heard } = listenTo(stream, `ws://${gone}/stream?apiKey=canary`);
  await eventually('the end is told', () => heard.length > 0);
  expect(heard).toEqual(['failed ECONNREFUSED']);
});

test('an address that is none is a failure that does not show it', async () => {
  const { heard } = listenTo(stream, 'ws://canary:99999/?apiKey=canary');
  await eventually('the end is told', () => heard.length > 0);
  expect(heard.join()).not.toContain('canary');
});

test('after close nothing is told and nothing stays open', async () => {
  const { heard, peer, connection } = await connected();
  connection.close();
  connection.close();
  peer.send('late');
  await new Promise((resolve) => void peer.on('close', resolve));
  expect(heard).toEqual([]);
});

test.each([0, 1, 2, 5])('close %d turns after open leaves nothing behind', async (turns) => {
  const { heard, connection } = listenTo(stream, `ws://${address()}/stream`);
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => void setImmediate(resolve));
  connection.close();
  heard.length = 0;
  await settled();
  await eventually('the sockets are closed', () => sockets.every(({ destroyed }) => destroyed));
  expect(heard).toEqual([]);
});

test('an open connection does not hold the process', async () => {
  const before = holdingSockets();
  const { connection } = await connected();
  expect(holdingSockets()).toBe(before);
  connection.close();
});
