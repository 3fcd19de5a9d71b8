import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { eventually, settled } from '@halyard/testkit';
import { nodeStreams } from '../../../src/server.ts';
import type { HeardStream } from './heard-stream.ts';
import { holdingSockets, listenTo } from './heard-stream.ts';

const stream = nodeStreams[1] as (typeof nodeStreams)[number];

let server: Server;
let sockets: Socket[];
let requests: IncomingMessage[];
let responses: ServerResponse[];
let respond: (response: ServerResponse) => void;

beforeEach(async () => {
  [sockets, requests, responses] = [[], [], []];
  respond = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
  };
  server = createServer((request, response) => {
    requests.push(request);
    responses.push(response);
    respond(response);
  });
  server.on('connection', (socket: Socket) => void sockets.push(socket.unref()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function connected(): Promise<HeardStream & { response: ServerResponse }> {
  const made = listenTo(stream, `${address()}/stream?apiKey=canary%2Bkey`);
  await eventually('the stream is up', () => made.heard.includes('opened'));
  made.heard.length = 0;
  return { ...made, response: responses[responses.length - 1] as ServerResponse };
}

test('the stream is up with the headers, before anything is pushed', async () => {
  const { connection } = await connected();
  expect(requests[0]?.url).toBe('/stream?apiKey=canary%2Bkey');
  expect(requests[0]?.headers).toMatchObject({ accept: 'text/event-stream' });
  connection.close();
});

test('an event as the relay sends it is a message', async () => {
  const { heard, response, connection } = await connected();
  response.write('id: \ndata: {"a":1}\n\n');
  await eventually('it has come', () => heard.length === 1);
  expect(heard).toEqual(['message {"a":1}']);
  connection.close();
});

test('an event may come in pieces, cut anywhere', async () => {
  const { heard, response, connection } = await connected();
  for (const byte of Buffer.from('data: {"ü":"漢😀"}\r\n\r\ndata: b\n\n')) {
    response.write(Buffer.of(byte));
    await new Promise((resolve) => void setImmediate(resolve));
  }
  await eventually('both have come', () => heard.length === 2);
  expect(heard).toEqual(['message {"ü":"漢😀"}', 'message b']);
  connection.close();
});

test('comments, empty events and events with a name are signs of life', async () => {
  const { heard, response, connection } = await connected();
  response.write(
    ': comment\n\ndata:\n\nevent: heartbeat\ndata: {}\n\nevent: message\ndata: x\n\nretry: 5\n\nwhat: ever\n\n',
  );
  await eventually('all have come', () => heard.includes('message x'));
  await settled();
  expect(heard).toEqual(['alive', 'alive', 'alive', 'message x']);
  connection.close();
});

test.each([
  ['ends', (response: ServerResponse) => void response.end(), 'lost the response ended'],
  ['breaks', (response: ServerResponse) => void response.socket?.resetAndDestroy(), 'lost ECONNRESET'],
])('a response that %s is an end', async (_name, finish, end) => {
  const { heard, response } = await connected();
  response.write('data: {"cut":');
  finish(response);
  await eventually('the end is told', () => heard.length > 0);
  await settled();
  expect(heard).toEqual([end]);
});

test('text that is no UTF-8 ends the stream', async () => {
  const { heard, response } = await connected();
  response.write(Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xc3, 0x28, 0x0a, 0x0a]));
  await eventually('the end is told', () => heard.length === 2);
  expect(heard).toEqual(['unreadable invalid UTF-8', 'lost invalid UTF-8']);
});

test('an event without end ends the stream after 8 MiB', async () => {
  const { heard, response } = await connected();
  const piece = `data: ${'x'.repeat(1024 * 1024)}\n`;
  for (let count = 0; count < 9; count++) response.write(piece);
  await eventually('the end is told', () => heard.length === 2);
  expect(heard[0]).toMatch(/^unreadable an event of more than 8388608 characters/);
  expect(heard[1]).toMatch(/^lost /);
});

test.each([
  [404, {}, 'refused 404'],
  [401, {}, 'refused 401'],
  [302, { location: '/elsewhere' }, 'refused 302'],
  [204, {}, 'refused 204'],
  [200, { 'content-type': 'text/html' }, 'refused 200'],
])('an answer with status %d and headers %j is no stream', async (status, headers, end) => {
  respond = (response) => void response.writeHead(status, headers).end('data: canary\n\n');
  const { heard } = listenTo(stream, `${address()}/stream?apiKey=canary`);
  await eventually('the end is told', () => heard.length > 0);
  await settled();
  expect(heard).toEqual([end]);
  expect(requests).toHaveLength(1);
});

test('how long the server wants to be left alone is passed on', async () => {
  respond = (response) => void response.writeHead(503, { 'retry-after': '7' }).end();
  const end = await new Promise((resolve) => {
    const nothing = (): void => undefined;
    stream.open(`${address()}/`, {
      opened: nothing,
      alive: nothing,
      message: nothing,
      unreadable: nothing,
      closed: resolve,
    });
  });
  expect(end).toEqual({ kind: 'refused', status: 503, retryAfter: '7' });
});

test('a server that is not there is a failure', async () => {
  const gone = address();
  await new Promise((resolve) => server.close(resolve));
  const { heard } = listenTo(stream, `${gone}/stream?apiKey=canary`);
  await eventually('the end is told', () => heard.length > 0);
  expect(heard).toEqual(['failed ECONNREFUSED']);
});

test('an address that is none is a failure that does not show it', async () => {
  const { heard } = listenTo(stream, 'http://canary:99999/?apiKey=canary');
  await eventually('the end is told', () => heard.length > 0);
  expect(heard.join()).not.toContain('canary');
});

test('after close nothing is told and nothing stays open', async () => {
  const { heard, response, connection } = await connected();
  connection.close();
  connection.close();
  response.write('data: late\n\n');
  await eventually('the socket is closed', () => sockets.every(({ destroyed }) => destroyed));
  expect(heard).toEqual([]);
});

test('an open stream does not hold the process', async () => {
  const before = holdingSockets();
  const { connection } = await connected();
  expect(holdingSockets()).toBe(before);
  connection.close();
});
