import { eventually, ManualClock, settled } from '@halyard/testkit';
import { WebSocket } from 'ws';
import type { HttpFront } from '../../src/platform/node/http-front.ts';
import type { StreamListener } from '../../src/ports/http-exchange.ts';
import { closeFronts, echo, listen, plain, raw } from './listening-front.ts';

afterEach(closeFronts);

test('hands requests over as they came, and answers on the same connection again and again', async () => {
  const { port } = await listen(echo);
  const client = raw(
    port,
    'POST /%41b?x=%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc',
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  );
  await eventually('both are answered', () => client.text().includes('GET / -'));
  expect(client.text()).toContain('POST /%41b?x=%zz abc');
  expect(client.isOver()).toBe(false);
});

test('reads headers as UTF-8, all values of a name', async () => {
  let seen: readonly string[] | undefined;
  const { port } = await listen(async ({ headers }) => {
    seen = headers.get('x-api-key');
    return plain('');
  });
  const client = raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nX-API-Key: clé\r\nx-api-key: b\r\n\r\n');
  await eventually('it is answered', () => client.text().includes('200'));
  expect(seen).toEqual(['clé', 'b']);
});

test('a body that is too large is not kept, and its sender sees the answer', async () => {
  const { port } = await listen(echo, { limits: { maxBodyBytes: 10 } });
  const counted = raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901');
  const chunked = raw(
    port,
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
    `14\r\n${'x'.repeat(20)}\r\n`,
  );
  await eventually('both are answered', () => [counted, chunked].every(({ text }) => text().includes('413')));
  const fitting = raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1234567890');
  await eventually('it is answered', () => fitting.text().includes('POST / 1234567890'));
});

test('too many headers are answered in plain text, and the connection ends', async () => {
  const { port } = await listen(echo);
  const client = raw(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(5_000)}\r\n\r\n`);
  await eventually('it is over', () => client.isOver());
  expect(client.text()).toMatch(
    /^HTTP\/1\.1 431 Request Header Fields Too Large\r\nContent-Type: text\/plain; charset=utf-8\r\n/,
  );
});

test('what is no HTTP is answered by 400, and the connection ends', async () => {
  const { port } = await listen(echo);
  const client = raw(port, 'hello there\r\n\r\n');
  await eventually('it is over', () => client.isOver());
  expect(client.text()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na'],
  [
    'a body behind an upgrade',
    'POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\na',
  ],
])('%s without an end: nobody waits for it', async (_what, sent) => {
  const { port } = await listen(echo, { limits: { requestTimeoutMs: 200 } });
  const client = raw(port, sent);
  await eventually('it is over', () => client.isOver());
});

test('more connections than allowed are refused', async () => {
  const { port } = await listen(echo, { limits: { maxConnections: 1 } });
  const first = raw(port, 'GET /1 HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('the first is answered', () => first.text().includes('GET /1'));
  const second = raw(port, 'GET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('the second is refused', () => second.isOver());
  expect(second.text()).toBe('');
});

test('an upgrade to something else than a WebSocket is a request like any other', async () => {
  const { port } = await listen(echo);
  const head = 'Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n';
  const client = raw(port, `POST /x HTTP/1.1\r\n${head}Content-Length: 5\r\n\r\nab`, 'cde');
  await eventually('it is over', () => client.isOver());
  expect(client.text()).toContain('POST /x abcde');
});

/** A front whose only answer is a WebSocket. */
async function listenForSockets(
  clock: ManualClock,
): Promise<{ front: HttpFront; port: number; listeners: Set<StreamListener> }> {
  const listeners = new Set<StreamListener>();
  const subscribe = (listener: StreamListener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { ...(await listen(async () => ({ kind: 'websocket', headers: [], subscribe }), { clock })), listeners };
}

const opened = (port: number, autoPong = true): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { autoPong });
  return new Promise((resolve) => socket.on('open', () => resolve(socket)));
};

test('a WebSocket that does not answer pings for a minute is cut off, without a goodbye', async () => {
  const clock = new ManualClock();
  const { port, listeners } = await listenForSockets(clock);
  const [silent, answering] = await Promise.all([opened(port, false), opened(port)]);
  let pings = 0;
  answering.on('ping', () => pings++);
  const code = new Promise((resolve) => silent.on('close', resolve));
  await eventually('both are there', () => listeners.size === 2);
  for (let second = 1; second <= 60; second++) {
    await clock.pass(1_000);
    await eventually(`ping ${second}`, () => pings === second);
    await settled();
  }
  expect(await code).toBe(1006);
  await eventually('it is let go of', () => listeners.size === 1);
  expect(answering.readyState).toBe(WebSocket.OPEN);
  answering.terminate();
  await eventually('nothing is left', () => listeners.size === 0 && clock.timers === 0);
});

test('a WebSocket that sends a large message is closed', async () => {
  const { port } = await listenForSockets(new ManualClock());
  const socket = await opened(port);
  const code = new Promise((resolve) => socket.on('close', resolve));
  socket.send('x'.repeat(100_000));
  expect(await code).toBe(1009);
});

test('a listener that takes nothing is given up before it costs memory', async () => {
  const { port, listeners } = await listenForSockets(new ManualClock());
  const socket = await opened(port);
  const code = new Promise((resolve) => socket.on('close', resolve));
  socket.pause();
  const message = 'x'.repeat(1024 * 1024);
  await eventually('it is given up', () => {
    for (const listener of listeners) listener.changed(message);
    return listeners.size === 0;
  });
  socket.resume();
  expect(await code).toBe(1006);
});

test('close waits for what is under way, and cuts it off when told to', async () => {
  const under = new Map<string, () => void>();
  const { front, port } = await listen(
    ({ target }) => new Promise((resolve) => under.set(target, () => resolve(plain('done')))),
  );
  const slow = raw(port, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  const stuck = raw(port, 'GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('both are under way', () => under.size === 2);
  const limit = new AbortController();
  let isClosed = false;
  const closing = front.close(limit.signal).then(() => (isClosed = true));
  const late = raw(port, 'GET /late HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('nobody else is let in', () => late.isOver());
  under.get('/slow')?.();
  await eventually('the slow one is answered', () => slow.isOver());
  expect(slow.text()).toMatch(/Connection: close\r\n[^]*done$/);
  expect(isClosed).toBe(false);
  limit.abort();
  await closing;
  await eventually('the stuck one is cut off', () => stuck.isOver());
  expect(stuck.text()).toBe('');
});
