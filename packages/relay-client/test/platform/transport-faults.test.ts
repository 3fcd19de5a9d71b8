import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { eventually, settled } from '@halyard/testkit';
import { addressOfNobody, httpServer, rawServer } from '@halyard/testkit/loopback-server';
import { flagIsOn, json } from '../relay-answers.ts';
import { benchedClient, cameOf } from './client-bench.ts';
import { transportKinds } from './transport-kinds.ts';

const body = JSON.stringify(flagIsOn);
const okHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

describe.each(Object.keys(transportKinds))('%s', (kind) => {
  test.each([
    ['never answers', undefined],
    ['stops behind the headers', ''],
    ['stops in the middle of the body', body.slice(0, 20)],
  ])('a relay that %s is given up in time, and so is the connection', async (_title, start) => {
    let gone = false;
    const server = await httpServer((response) => {
      response.on('close', () => (gone = true));
      if (start !== undefined) response.writeHead(200, { 'content-length': body.length }).flushHeaders();
      if (start) response.write(start);
    });
    const { client, clock } = benchedClient(kind, server.url);
    const outcome = cameOf(client.evaluate('f', {}));
    await eventually('the request arrives', () => server.requests.length === 1);
    await clock.pass(5_000);
    expect(await outcome).toMatch(/^TIMED_OUT: .* within 5000 ms$/);
    await eventually('the connection is closed', () => gone);
  });

  test('a byte a second does not extend the time', async () => {
    let answer: ServerResponse | undefined;
    const server = await httpServer((response) => {
      answer = response.writeHead(200, { 'content-length': body.length });
    });
    const { client, clock } = benchedClient(kind, server.url);
    const outcome = cameOf(client.evaluate('f', {}));
    for (let second = 0; second < 5; second++) {
      await eventually('the request arrives', () => answer !== undefined);
      answer?.write(body[second]);
      await clock.pass(1_000);
    }
    expect(await outcome).toMatch(/^TIMED_OUT/);
  });

  test.each([
    ['a length', `${okHead}content-length: ${body.length}\r\n\r\n${body}`],
    ['chunks', `${okHead}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
  ])('an answer with %s that is cut off anywhere is no answer', async (_title, answer) => {
    let sent = 0;
    const server = await rawServer((socket) => {
      // what was written arrives before the connection is reset
      socket.write(answer.slice(0, sent), () => socket.resetAndDestroy());
    });
    const { client } = benchedClient(kind, server.url);
    for (sent = 0; sent < answer.length; sent += 3) {
      expect([sent, await cameOf(client.evaluate('f', {}))]).toEqual([sent, expect.stringMatching(/^NETWORK_FAILED/)]);
    }
  });

  test('an answer that ends with the connection is read, and cut off it is no answer', async () => {
    let end = body.length;
    const server = await rawServer(
      (socket) => void socket.end(`${okHead}connection: close\r\n\r\n${body.slice(0, end)}`),
    );
    const { client } = benchedClient(kind, server.url);
    expect(await cameOf(client.evaluate('f', {}))).toBe(true);
    for (end = 0; end < body.length; end += 11) {
      expect(await cameOf(client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID/);
    }
  });

  test.each([
    [10, /^NETWORK_FAILED/],
    [-10, /^RESPONSE_INVALID/],
  ])('a length that is wrong by %i bytes is no answer, and spoils no other', async (difference, words) => {
    let wrong = difference;
    const server = await rawServer((socket) => {
      socket.write(`${okHead}content-length: ${body.length + wrong}\r\n\r\n${body}`);
      if (wrong > 0) socket.end();
      wrong = 0;
    });
    const { client } = benchedClient(kind, server.url);
    expect(await cameOf(client.evaluate('f', {}))).toMatch(words);
    expect(await cameOf(client.evaluate('f', {}))).toBe(true);
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['two lengths', `${okHead}content-length: 5\r\ncontent-length: 6\r\n\r\n12345`],
    ['a broken chunk', `${okHead}transfer-encoding: chunked\r\n\r\nzz\r\n`],
  ])('%s is no answer', async (_title, answer) => {
    const server = await rawServer((socket) => void socket.end(answer));
    const { client } = benchedClient(kind, server.url);
    expect(await cameOf(client.evaluate('f', {}))).toMatch(/^NETWORK_FAILED/);
  });

  test('what comes before the answer is passed over', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
    const answer = `${hints}${okHead}content-length: ${body.length}\r\n\r\n${body}`;
    const server = await rawServer((socket) => void socket.end(answer));
    expect(await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}))).toBe(true);
  });

  test('an answer is read in pieces that cut characters apart', async () => {
    const bytes = Buffer.from(`\ufeff${JSON.stringify({ ...flagIsOn, value: '日本 😀' })}`);
    const server = await httpServer((response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      const write = (at: number): void => {
        if (at === bytes.length) return void response.end();
        response.write(bytes.subarray(at, at + 1), () => setImmediate(write, at + 1));
      };
      write(0);
    });
    expect(await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}))).toBe('日本 😀');
  });

  test('an endless answer stops at the limit', async () => {
    let gone = false;
    const server = await httpServer((response) => {
      response.on('close', () => (gone = true));
      const chunk = Buffer.alloc(16_384, 'x');
      const more = (): void => {
        while (!gone && response.write(chunk));
        if (!gone) response.once('drain', more);
      };
      more();
    });
    const { client } = benchedClient(kind, server.url, { maxBodyBytes: 100_000 });
    expect(await cameOf(client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID: .* more than 100000 bytes/);
    await eventually('the connection is closed', () => gone);
  });

  test('an answer as large as the limit is read, one byte more is not', async () => {
    const server = await httpServer(json(flagIsOn));
    const exact = benchedClient(kind, server.url, { maxBodyBytes: body.length });
    const less = benchedClient(kind, server.url, { maxBodyBytes: body.length - 1 });
    expect(await cameOf(exact.client.evaluate('f', {}))).toBe(true);
    expect(await cameOf(less.client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID/);
  });

  test('an answer compressed unasked is no answer, or counted as it unfolds', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000, ' '));
    const damaged = Buffer.concat([gzipSync(body).subarray(0, 30), Buffer.from('damage')]);
    for (const content of [bomb, damaged]) {
      const server = await httpServer((response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(content),
      );
      const { client } = benchedClient(kind, server.url, { maxBodyBytes: 1_000_000 });
      expect(await cameOf(client.evaluate('f', {}))).toMatch(/^(RESPONSE_INVALID|NETWORK_FAILED)/);
    }
  });

  test.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['gzip, br', (text) => brotliCompressSync(gzipSync(text))],
  ])('an answer that is stored as %s is read, as large as the limit and not larger', async (encoding, pack) => {
    const server = await httpServer((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(body + ' '.repeat(2_000))),
    );
    const limit = body.length + 2_000;
    const exact = benchedClient(kind, server.url, { maxBodyBytes: limit });
    const less = benchedClient(kind, server.url, { maxBodyBytes: limit - 1 });
    expect(await cameOf(exact.client.evaluate('f', {}))).toBe(true);
    expect(await cameOf(less.client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID: .* more than \d+ bytes/);
  });

  test.each([
    ['in one piece', (bytes: Buffer) => [bytes]],
    ['in two', (bytes: Buffer) => [bytes.subarray(0, 12), bytes.subarray(12)]],
  ])('an answer %s that is not UTF-8 is no answer', async (_title, pieces) => {
    const bytes = Buffer.from(JSON.stringify({ ...flagIsOn, value: 'caf\xe9' }), 'latin1');
    const server = await httpServer((response) => {
      for (const piece of pieces(bytes)) response.write(piece);
      response.end();
    });
    const { client } = benchedClient(kind, server.url);
    expect(await cameOf(client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID: .* is not UTF-8/);
  });

  test('of a failure the status counts, in whatever way its text is written', async () => {
    const server = await httpServer((response) => response.writeHead(503).end(Buffer.from('caf\xe9', 'latin1')));
    expect(await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}))).toMatch(/^NETWORK_FAILED: .*503/);
  });

  test('a connection that is closed just when it is used again costs nothing but the events', async () => {
    const server = await rawServer((socket, piece) => {
      if (piece > 0) return void socket.destroy();
      socket.write(`${okHead}content-length: ${body.length}\r\n\r\n${body}`);
    });
    const { client } = benchedClient(kind, server.url);
    for (let round = 0; round < 4; round++) {
      expect(await cameOf(client.evaluate('f', {}))).toBe(true);
      await settled(); // until the connection can be used again
    }
    // its one answer may have been that to an evaluation that was sent twice
    const first = await cameOf(client.collect({ meta: {}, events: [] }));
    await settled();
    const second = await cameOf(client.collect({ meta: {}, events: [] }));
    const lost = expect.stringMatching(/^NETWORK_FAILED: .*: the connection was closed \(\w+\)$/) as unknown;
    expect([first, second]).toContainEqual(lost);
  });

  test('a relay that is not there is named, with the cause', async () => {
    const url = await addressOfNobody();
    const outcome = await cameOf(benchedClient(kind, `${url}/prefix`).client.evaluate('f', {}));
    expect(outcome).toBe(`NETWORK_FAILED: ${url} cannot be reached: the connection was refused (ECONNREFUSED)`);
  });
});

test('all kept connections may be dead at once', async () => {
  let isDying = false;
  const server = await rawServer((socket, piece) => {
    if (isDying && piece > 0) return void socket.destroy();
    setImmediate(() => socket.write(`${okHead}content-length: ${body.length}\r\n\r\n${body}`));
  });
  const { client } = benchedClient('pool', server.url);
  const all = (): Promise<unknown[]> => Promise.all(Array.from({ length: 8 }, () => cameOf(client.evaluate('f', {}))));
  expect(await all()).toEqual(Array(8).fill(true));
  expect(server.connections).toBeGreaterThan(1);
  isDying = true;
  await settled();
  // the second attempt must not come upon another dead one
  expect(await cameOf(client.evaluate('f', {}))).toBe(true);
  expect(await all()).toEqual(Array(8).fill(true));
});
