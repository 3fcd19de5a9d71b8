import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { eventually, settled } from '@halyard/testkit';
import { nodeRelayClient, nodeTransport } from '../../../src/server.ts';
import { httpServer } from '@halyard/testkit/loopback-server';
import { flagIsOn, json } from '../../relay-answers.ts';

const serverScript = `
  const answer = ${JSON.stringify(JSON.stringify(flagIsOn))};
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.end(answer));
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** What holds this process alive, as far as requests could be the reason. */
const heldBy = (): string[] =>
  process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Timeout|Immediate/.test(kind));

test('a process that has asked once is not held alive by what is kept for the next time', async () => {
  // the server is another process, so that its sockets do not count
  const server = spawn(process.execPath, ['-e', serverScript], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const before = heldBy();
    const client = nodeRelayClient({ endpoint: `http://127.0.0.1:${String(port).trim()}` });
    const asked = Promise.all(Array.from({ length: 5 }, () => client.evaluate('f', {})));
    await eventually('the requests are on their way', () => heldBy().some((kind) => kind.startsWith('TCP')));
    await asked;
    await eventually('nothing holds the process', () => heldBy().length <= before.length);
    expect(heldBy().filter((kind) => kind.startsWith('TCP'))).toEqual([]);
    await client.close();
  } finally {
    server.kill();
    await once(server, 'exit');
  }
});

test('closing closes every connection, and a transport that is used again opens new ones', async () => {
  let gone = 0;
  const server = await httpServer((response, { url }) => {
    response.req.socket.once('close', () => gone++);
    if (url !== '/stalled') json(flagIsOn)(response);
  });
  const transport = nodeTransport();
  const request = { method: 'GET', headers: {} } as const;
  const { signal } = new AbortController();
  await transport({ ...request, url: `${server.url}/` }, signal);
  const stalled = transport({ ...request, url: `${server.url}/stalled` }, signal);
  const failure = expect(stalled).rejects.toThrow();
  await eventually('both arrive', () => server.requests.length === 2);
  await transport.close?.();
  await failure;
  await eventually('the connections are closed', () => gone === 2);
  expect((await transport({ ...request, url: `${server.url}/` }, signal)).status).toBe(200);
  await transport.close?.();
});

test('a request that waits for a connection can be given up, and is never sent', async () => {
  const server = await httpServer((response, { url }) => {
    if (url !== '/first') json(flagIsOn)(response);
  });
  const transport = nodeTransport({ connections: 1 });
  const request = { method: 'GET', headers: {} } as const;
  const [first, second] = [new AbortController(), new AbortController()];
  const firstAnswer = transport({ ...request, url: `${server.url}/first` }, first.signal);
  await eventually('the first one arrives', () => server.requests.length === 1);
  const secondAnswer = transport({ ...request, url: `${server.url}/second` }, second.signal);
  const third = transport({ ...request, url: `${server.url}/third` }, new AbortController().signal);
  await settled(); // until both wait
  second.abort(new Error('no longer needed'));
  await expect(secondAnswer).rejects.toThrow('no longer needed');
  first.abort(new Error('too slow'));
  await expect(firstAnswer).rejects.toThrow('too slow');
  expect((await third).status).toBe(200);
  expect(server.requests.map(({ url }) => url)).toEqual(['/first', '/third']);
  await transport.close?.();
});

test('a request that is given up beforehand opens no connection', async () => {
  const server = await httpServer(json(flagIsOn));
  const transport = nodeTransport();
  const request = { method: 'GET', url: server.url, headers: {} } as const;
  await expect(transport(request, AbortSignal.abort(new Error('never mind')))).rejects.toThrow('never mind');
  expect(server.connections).toBe(0);
  await transport.close?.();
});

test('headers that come more than once are one', async () => {
  const server = await httpServer((response) => {
    response.setHeader('Warning', ['1 a', '2 b']).setHeader('ETag', '"x"').end('{}');
  });
  const transport = nodeTransport();
  const request = { method: 'GET', url: `${server.url}/`, headers: {} } as const;
  const { headers } = await transport(request, new AbortController().signal);
  expect(headers).toMatchObject({ warning: '1 a, 2 b', etag: '"x"' });
  await transport.close?.();
});

test.each<[string, { encoding: string; status: number; content?: Buffer; body: string }]>([
  ['bare deflate', { encoding: 'deflate', status: 200, content: deflateRawSync('{}'), body: '{}' }],
  ['no compression by name', { encoding: 'identity', status: 200, content: Buffer.from('{}'), body: '{}' }],
  ['no body', { encoding: 'gzip', status: 304, body: '' }],
  ['a damaged text about a failure', { encoding: 'gzip', status: 503, content: Buffer.from('x'), body: '' }],
])('an answer with %s is read', async (_name, { encoding, status, content, body }) => {
  const server = await httpServer((response) =>
    response.writeHead(status, { 'content-encoding': encoding }).end(content),
  );
  const transport = nodeTransport();
  const request = { method: 'GET', url: `${server.url}/`, headers: {} } as const;
  expect(await transport(request, new AbortController().signal)).toMatchObject({ status, body });
  await transport.close?.();
});

test.each([
  ['zstd', Buffer.from('x'), 'compressed (zstd)'],
  ['gzip', gzipSync('{"a":"b"}').subarray(0, 20), 'compressed (gzip)'],
  ['gzip, gzip, gzip, gzip', Buffer.from('x'), 'compressed (gzip, gzip, gzip, gzip)'],
  ['"quoted"', Buffer.from('x'), 'compressed (in an unknown way)'],
])('an answer that cannot be unpacked is told of with its encoding: %s', async (encoding, content, words) => {
  const server = await httpServer((response) => response.writeHead(200, { 'content-encoding': encoding }).end(content));
  const transport = nodeTransport();
  const request = { method: 'GET', url: `${server.url}/`, headers: {} } as const;
  await expect(transport(request, new AbortController().signal)).rejects.toMatchObject({
    ...{ code: 'RESPONSE_INVALID', message: expect.stringContaining(words) as string },
  });
  await transport.close?.();
});
