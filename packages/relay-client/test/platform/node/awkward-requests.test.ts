// Requests that cannot be sent, and answers that come too soon.
import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import { isHalyardError } from '@halyard/core';
import { httpServer } from '@halyard/testkit/loopback-server';
import { nodeTransport } from '../../../src/server.ts';

type Transport = ReturnType<typeof nodeTransport>;

let transport: Transport;
beforeEach(() => (transport = nodeTransport({ connections: 1 })));
afterEach(() => transport.close?.());

const never = new AbortController().signal;
const get = (url: string): ReturnType<Transport> => transport({ method: 'GET', url, headers: {} }, never);

test('an address that is none is an error of ours, whatever is wrong with it', async () => {
  const { url } = await httpServer((response) => response.end('fine'));
  for (const bad of ['http://127.0.0.1:99999/', 'ftp://127.0.0.1:9/', 'http://', 'nowhere']) {
    const failed = get(bad).then(
      () => 'no error',
      (error: unknown) => isHalyardError(error),
    );
    expect(await failed).toBe(true);
  }
  const { port } = new URL(url);
  await expect(transport({ method: 'GET', url: `ftp://127.0.0.1:${port}/`, headers: {} }, never)).rejects.toThrow();
  expect((await get(`${url}?a=/b`)).body).toBe('fine');
  expect((await get(`${url}#x/y`)).body).toBe('fine');
});

test('a connection with a request that nobody reads to its end is not used for the next one', async () => {
  const server = await httpServer((response) => response.end('fine'));
  const refusing = createServer((request, response) => {
    if (request.method === 'GET') return void response.end('fine');
    request.pause();
    response.writeHead(413, { connection: 'keep-alive', 'content-length': 0 }).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => refusing.once('listening', resolve));
  const { port } = refusing.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const body = 'x'.repeat(20_000_000);
  expect((await transport({ method: 'POST', url: `${url}/`, headers: {}, body }, never)).status).toBe(413);
  expect((await get(`${url}/`)).body).toBe('fine');
  expect((await get(`${server.url}/`)).body).toBe('fine');
  refusing.close();
  refusing.closeAllConnections();
});

test('requests that cannot be sent leave no listeners behind', async () => {
  const { url } = await httpServer((response) => response.end('fine'));
  for (let time = 0; time < 30; time++) {
    const headers = { 'x-broken': 'a\r\nb' };
    await expect(transport({ method: 'GET', url: `${url}/`, headers }, never)).rejects.toThrow();
  }
  const gone = AbortSignal.abort(new Error('given up'));
  for (let time = 0; time < 30; time++) {
    await expect(transport({ method: 'GET', url: `${url}/`, headers: {} }, gone)).rejects.toThrow('given up');
  }
  expect(getEventListeners(gone, 'abort')).toEqual([]);
});
