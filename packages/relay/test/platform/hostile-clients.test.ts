import { eventually } from '@halyard/testkit';
import type { RelayAnswer, RelayRequest, StreamListener } from '../../src/ports/http-exchange.ts';
import type { RawClient } from './listening-front.ts';
import { clinging, closeFronts, echo, listen, plain, raw } from './listening-front.ts';

afterEach(closeFronts);

const upgradeWithBody =
  'POST /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 90000\r\n\r\nab';

/** Sends a byte now and then, for as long as the connection is there. */
function dripping({ socket }: RawClient): void {
  const drip = setInterval(() => socket.write(' '), 20);
  socket.on('close', () => clearInterval(drip));
}

async function isServed(port: number): Promise<boolean> {
  const client = raw(port, 'GET /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await eventually('it is over', () => client.isOver());
  return client.text().includes('GET /me');
}

const unended = 'GET / HTTP/1.1\r\nHost: x\r\nX: ';

test.each([
  ['408', unended, 200],
  ['400', 'hello there\r\n\r\n', 300_000],
  ['431', `${unended}${'x'.repeat(5_000)}\r\n\r\n`, 300_000],
])('who is refused by %s and stays makes room for others', async (status, sent, requestTimeoutMs) => {
  const { port } = await listen(echo, { limits: { maxConnections: 3, requestTimeoutMs } });
  const clients = [1, 2, 3].map(() => clinging(port, sent));
  await eventually('all are refused', () => clients.every(({ text }) => text().includes(`HTTP/1.1 ${status}`)));
  await eventually('somebody else is served', () => isServed(port));
});

test('who is refused while still sending reads why, once', async () => {
  const { port } = await listen(echo);
  const client = clinging(port, unended);
  const flood = setInterval(() => client.socket.write('x'.repeat(5_000)), 5);
  client.socket.on('close', () => clearInterval(flood));
  await eventually('it is over', () => client.isOver());
  expect(client.text()).toMatch(/^HTTP\/1\.1 431 [^]*\r\n\r\n431 Request Header Fields Too Large$/);
});

test('a body that drips in behind an upgrade has as long as any other request', async () => {
  const { port } = await listen(echo, { limits: { requestTimeoutMs: 200, maxBodyBytes: 100_000 } });
  const client = raw(port, upgradeWithBody);
  dripping(client);
  await eventually('it is over', () => client.isOver());
});

test('close cuts off what drips in behind an upgrade', async () => {
  let isUnderWay = false;
  const respond = (request: RelayRequest): Promise<RelayAnswer> => {
    isUnderWay = true;
    return echo(request);
  };
  const { front, port } = await listen(respond, { limits: { maxBodyBytes: 100_000 } });
  const client = raw(port, upgradeWithBody);
  dripping(client);
  await eventually('it is under way', () => isUnderWay);
  await front.close(AbortSignal.abort());
  await eventually('it is over', () => client.isOver());
});

test('close cuts off who was refused and stays', async () => {
  const { front, port } = await listen(echo, { limits: { requestTimeoutMs: 200 } });
  const client = clinging(port, unended);
  await eventually('it is refused', () => client.text().includes('408'));
  await front.close(AbortSignal.abort());
  client.socket.end();
  await eventually('it is over', () => client.isOver());
});

test.each([[''], ['Connection: Upgrade\r\nUpgrade: h2c\r\n']])(
  'who takes no answer makes room for others (%j)',
  async (header) => {
    const large = plain('x'.repeat(16 * 1024 * 1024));
    let asked = 0;
    const respond = (request: RelayRequest): Promise<RelayAnswer> => {
      asked++;
      return request.target === '/large' ? Promise.resolve(large) : echo(request);
    };
    const { port } = await listen(respond, { limits: { maxConnections: 1, requestTimeoutMs: 200 } });
    clinging(port, `GET /large HTTP/1.1\r\nHost: x\r\n${header}\r\n`).socket.pause();
    await eventually('it is answered', () => asked === 1);
    await eventually('somebody else is served', () => isServed(port));
  },
);

/** A front whose only answer is a stream of events. */
async function listenForEvents(): Promise<{ port: number; listeners: Set<StreamListener> }> {
  const listeners = new Set<StreamListener>();
  const subscribe = (listener: StreamListener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const answer: RelayAnswer = { kind: 'events', headers: [], subscribe };
  return { ...(await listen(async () => answer, { limits: { requestTimeoutMs: 200 } })), listeners };
}

test('nothing is written into a stream of events but events, whatever its client sends', async () => {
  const { port, listeners } = await listenForEvents();
  const client = raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('it listens', () => listeners.size === 1 && client.text().includes('200'));
  client.socket.write('hello there\r\n\r\n');
  await eventually('it is let go of', () => listeners.size === 0 && client.isOver());
  expect(client.text()).not.toContain('400');
});

test.each([['Connection: keep-alive'], ['Connection: Upgrade\r\nUpgrade: h2c']])(
  'a stream of events may be silent for longer than a request may take (%j)',
  async (header) => {
    const { port, listeners } = await listenForEvents();
    const client = raw(port, `GET / HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n`);
    await eventually('it listens', () => listeners.size === 1);
    // two in a row are refused by the same limit
    for (const _ of [1, 2]) {
      const slow = raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n');
      await eventually('a slow request is refused', () => slow.isOver());
    }
    for (const listener of listeners) listener.changed('late');
    await eventually('it hears of a change', () => client.text().includes('data: late'));
  },
);

test('what is no HTTP is refused behind an answer that is over', async () => {
  const { port } = await listen(echo);
  const client = raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually('it is answered', () => client.text().includes('GET / -'));
  client.socket.write('hello there\r\n\r\n');
  await eventually('it is over', () => client.isOver());
  expect(client.text()).toContain('HTTP/1.1 400 Bad Request');
});
