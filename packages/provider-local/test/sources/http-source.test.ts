import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isHalyardError } from '@halyard/core';
import fc from 'fast-check';
import type { HttpSourceOptions, LoadedFlags, Source } from '../../src/index.ts';
import { httpSource } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import type { Answer, LoopbackServer } from '@halyard/testkit/loopback-server';
import { addressOfNobody, httpServer, rawServer } from '@halyard/testkit/loopback-server';

const never = new AbortController().signal;
const flags = JSON.stringify({ flag: switchedTo(true) });

/** A source that lets go of its connections with the test. */
function sourceAt(url: string, options: HttpSourceOptions = {}): Source {
  const source = httpSource(url, options);
  const following = new AbortController();
  void source.watch?.(() => undefined, following.signal);
  followed.push(following);
  return source;
}
const followed: AbortController[] = [];
afterEach(() => {
  for (const following of followed.splice(0)) following.abort();
});

const answering =
  (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }, status = 200): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** A server of one static file, with a tag and a date. */
function fileServer(file: { text: string; tags: boolean }): Promise<LoopbackServer> {
  return httpServer((response: ServerResponse, { headers }) => {
    const etag = `"${createHash('sha1').update(file.text).digest('hex')}"`;
    const modified = 'Wed, 19 Aug 2026 01:11:31 GMT';
    const isKnown = file.tags ? headers['if-none-match'] === etag : headers['if-modified-since'] === modified;
    const validators = file.tags ? { etag } : { 'last-modified': modified };
    if (isKnown) return void response.writeHead(304, validators).end();
    response.writeHead(200, { 'content-type': 'application/json', ...validators }).end(file.text);
  });
}

async function loaded(source: Source, previous?: string): Promise<LoadedFlags> {
  const answer = await source.load(previous, never);
  if (answer === 'unchanged') throw new Error('nothing was loaded');
  return answer;
}

async function failure(source: Source): Promise<{ code: string; message: string }> {
  const error: unknown = await source.load(undefined, never).catch((reason: unknown) => reason);
  if (!isHalyardError(error)) throw new Error(`no HalyardError: ${String(error)}`);
  return error;
}

test.each([true, false])('asks whether the document changed, by tag (%s) or else by date', async (tags) => {
  const file = { text: flags, tags };
  const server = await fileServer(file);
  const source = sourceAt(`${server.url}/flags.json`);
  const { version, documents } = await loaded(source);
  expect(documents).toEqual([{ origin: `${server.url}/flags.json`, format: 'json', text: flags }]);
  expect(await source.load(version, never)).toBe('unchanged');
  const { headers } = server.requests[1] ?? { headers: {} };
  expect('if-none-match' in headers).toBe(tags);
  expect('if-modified-since' in headers).toBe(!tags);
});

test('a tag counts only while its content is in force: after a refused document the load is unconditional', async () => {
  const file = { text: flags, tags: true };
  const server = await fileServer(file);
  const source = sourceAt(`${server.url}/flags.json`);
  const { version } = await loaded(source);
  file.text = 'broken';
  await loaded(source, version);
  // the document was refused: what is in force is the first version still
  expect((await loaded(source, version)).documents[0]).toMatchObject({ text: 'broken' });
  expect(server.requests.map(({ headers }) => 'if-none-match' in headers)).toEqual([false, true, false]);
});

test('the same content under another tag is no change', async () => {
  let tag = 0;
  const server = await httpServer((response) =>
    answering(flags, { 'content-type': 'application/json', etag: `"${tag++}"` })(response, {} as never),
  );
  const source = sourceAt(server.url);
  const { version } = await loaded(source);
  expect(await source.load(version, never)).toBe('unchanged');
});

test.each([
  ['application/json; charset=utf-8', '/flags', 'json'],
  ['application/geo+json', '/flags', 'json'],
  ['application/yaml', '/flags', 'yaml'],
  ['text/x-yaml', '/flags.json', 'yaml'],
  ['application/toml', '/flags', 'toml'],
  ['text/plain', '/flags.yml', 'yaml'],
  ['application/octet-stream', '/flags.toml', 'toml'],
])('%s at %s is read as %s', async (type, path, format) => {
  const server = await httpServer(answering('flag: {}', { 'content-type': type }));
  const { documents } = await loaded(sourceAt(`${server.url}${path}?signature=x`));
  expect(documents).toEqual([{ origin: `${server.url}${path}`, format, text: 'flag: {}' }]);
});

test('the option format counts more than what the server says', async () => {
  const server = await httpServer(answering('flag: {}', { 'content-type': 'text/html' }));
  const { documents } = await loaded(sourceAt(server.url, { format: 'yaml' }));
  expect(documents).toMatchObject([{ format: 'yaml' }]);
});

test.each<[string, Answer, string, RegExp]>([
  ['an empty body', answering(''), 'RESPONSE_INVALID', /gave an empty answer/],
  ['white space', answering(' \n'), 'RESPONSE_INVALID', /gave an empty answer/],
  ['status 204', answering('', {}, 204), 'RESPONSE_INVALID', /status 204/],
  ['304 to an unconditional request', answering('', {}, 304), 'RESPONSE_INVALID', /status 304/],
  ['a captive portal', answering('<html>Log in', { 'content-type': 'text/html' }), 'RESPONSE_INVALID', /<html>Log in/],
  ['HTML as plain text', answering('<!doctype html>', { 'content-type': 'text/plain' }), 'RESPONSE_INVALID', /doctype/],
  ['an image', answering('x', { 'content-type': 'image/png' }), 'RESPONSE_INVALID', /image\/png/],
  ['401', answering('', {}, 401), 'AUTHENTICATION_FAILED', /option headers/],
  ['404', answering('', {}, 404), 'SOURCE_UNAVAILABLE', /is not there/],
  ['502', answering('', {}, 502), 'NETWORK_FAILED', /server's side/],
  ['418', answering('', {}, 418), 'RESPONSE_INVALID', /status 418/],
])('%s is a failure', async (_name, answer, code, message) => {
  const server = await httpServer(answer);
  expect(await failure(sourceAt(`${server.url}/flags.json?token=s3cret`))).toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
});

test('a body that is cut off anywhere never comes through', async () => {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${flags.length}\r\n\r\n`;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: flags.length - 1 }), async (sent) => {
      const server = await rawServer((socket) => void socket.end(head + flags.slice(0, sent)));
      expect((await failure(sourceAt(`${server.url}/flags.json`))).code).toBe('NETWORK_FAILED');
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['before the answer', ''],
  ['in the middle of the body', `HTTP/1.1 200 OK\r\ncontent-length: ${flags.length}\r\n\r\n${flags.slice(0, 9)}`],
])('a server that stalls %s is given up after the time for the whole', async (_name, sent) => {
  const server = await rawServer((socket) => void socket.write(sent));
  expect(await failure(sourceAt(`${server.url}/flags.json`, { timeoutMs: 100 }))).toMatchObject({ code: 'TIMED_OUT' });
});

test('a byte now and then does not keep it waiting for longer than that', async () => {
  const server = await httpServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const dripping = setInterval(() => void response.write(' '), 10);
    response.on('close', () => clearInterval(dripping));
  });
  expect(await failure(sourceAt(server.url, { timeoutMs: 200 }))).toMatchObject({ code: 'TIMED_OUT' });
});

test('an endless body is given up at the limit', async () => {
  const server = await httpServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  });
  expect(await failure(sourceAt(server.url, { maxBytes: 100_000 }))).toMatchObject({
    code: 'RESPONSE_INVALID',
    message: expect.stringContaining('100000 bytes') as string,
  });
});

test('a redirect within the origin is followed, in circles it is not', async () => {
  const server = await httpServer((response, { url }) => {
    if (url === '/new.json') return answering(flags)(response, {} as never);
    response.writeHead(307, { location: url === '/old.json' ? '/new.json' : url }).end();
  });
  expect((await loaded(sourceAt(`${server.url}/old.json`))).documents).toMatchObject([{ text: flags }]);
  expect((await failure(sourceAt(`${server.url}/round.json`))).message).toMatch(/in circles/);
});

test('a redirect to another origin is refused, and the headers stay at home', async () => {
  const elsewhere = await httpServer(answering(flags));
  const server = await httpServer((response) => void response.writeHead(302, { location: elsewhere.url }).end());
  const source = sourceAt(`${server.url}/flags.json`, { headers: { 'X-API-Key': 'canary' } });
  expect((await failure(source)).message).toMatch(/other origins are not followed/);
  expect(elsewhere.requests).toEqual([]);
  expect(server.requests[0]?.headers['x-api-key']).toBe('canary');
});

test('a server that wants to be left alone gets no request meanwhile', async () => {
  const server = await httpServer(answering('', { 'retry-after': '120' }, 503));
  const source = sourceAt(`${server.url}/flags.json`);
  expect(await failure(source)).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: 120_000 } });
  expect(await failure(source)).toMatchObject({ code: 'RATE_LIMITED' });
  expect(server.requests).toHaveLength(1);
});

test('bytes that are not UTF-8 are no document: names would change', async () => {
  const bytes = Buffer.from(flags.replace('flag', 'caf\xe9'), 'latin1');
  const server = await httpServer((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(bytes),
  );
  expect(await failure(sourceAt(server.url))).toMatchObject({
    ...{ code: 'RESPONSE_INVALID', message: expect.stringContaining('is not UTF-8') as string },
  });
});

test('a document that is stored compressed is read, up to the limit', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  let text = flags;
  const server = await httpServer((response) => response.writeHead(200, headers).end(gzipSync(text)));
  const source = sourceAt(server.url, { maxBytes: 100_000 });
  expect((await loaded(source)).documents).toMatchObject([{ text: flags }]);
  text = `${flags}${' '.repeat(50_000_000)}`;
  expect(await failure(source)).toMatchObject({
    ...{ code: 'RESPONSE_INVALID', message: expect.stringContaining('100000 bytes') as string },
  });
});

test('what a function for headers says of its failure is not passed on', async () => {
  const headers = (): never => {
    throw new Error('the vault refuses canary');
  };
  const error = await failure(sourceAt('http://127.0.0.1:9/flags.json', { headers }));
  expect(error).toMatchObject({ code: 'AUTHENTICATION_FAILED', message: expect.stringContaining('headers') as string });
  expect(inspect(error, { depth: 9 })).not.toContain('canary');
});

test('what a fetch repeats of the address and the headers is not passed on', async () => {
  const fetch = async (url: unknown, init?: RequestInit): Promise<never> => {
    throw new TypeError(`request to ${String(url)} with ${JSON.stringify(init?.headers)} failed`);
  };
  const headers = { authorization: 'Bearer canary-1', 'x-api-key': 'canary-2' };
  const error = await failure(sourceAt('http://127.0.0.1:9/flags.json?sig=canary-3', { headers, http: { fetch } }));
  expect(error.message).toMatch(
    /^http:\/\/127\.0\.0\.1:9 cannot be reached: request to .*\/flags\.json\?… with .* failed$/,
  );
  expect(inspect(error, { depth: 9 })).not.toContain('canary');
});

test.each([
  ['<p>bad key canary', 'text/html', /gave text\/html; expected/],
  ['x', 'text/canary', /gave something else; expected/],
])('what a server repeats of the headers is not passed on: %s as %s', async (body, type, words) => {
  const server = await httpServer(answering(body, { 'content-type': type }));
  const error = await failure(sourceAt(server.url, { headers: { authorization: 'Bearer canary' } }));
  expect(error.message).toMatch(words);
  expect(inspect(error, { depth: 9 })).not.toContain('canary');
});

test('headers may come from a function, asked each time', async () => {
  const server = await httpServer(answering(flags));
  let asked = 0;
  const source = sourceAt(server.url, { headers: async () => ({ authorization: `Bearer ${++asked}` }) });
  await loaded(source);
  await loaded(source);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
});

test('neither query nor headers nor user info are shown anywhere', async () => {
  const secret = 'canary-4711';
  const address = `${await addressOfNobody()}/flags.json?token=${secret}#${secret}`;
  const source = sourceAt(address, { headers: { authorization: secret } });
  const error = await failure(source);
  const shown = [source.describe(), error.message, JSON.stringify(error), String((error as unknown as Error).stack)];
  const attempts: (() => Source)[] = [
    () => httpSource(`https://user:${secret}@flags.example/flags.json`),
    () => httpSource(`ftp://flags.example/${secret}`),
    () => httpSource('https://flags.example', { headers: { authorization: `${secret}\r\nx: y` } }),
  ];
  for (const attempt of attempts) {
    try {
      attempt();
      throw new Error('it was taken');
    } catch (refusal) {
      expect(refusal).toMatchObject({ code: 'CONFIG_INVALID' });
      shown.push(JSON.stringify(refusal), String(refusal));
    }
  }
  expect(shown.join('\n')).not.toContain(secret);
  expect(source.describe()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/flags\.json$/);
});

test('a load that is given up ends at once', async () => {
  const server = await httpServer(() => undefined);
  const giveUp = new AbortController();
  const load = httpSource(server.url).load(undefined, giveUp.signal);
  giveUp.abort(new Error('given up'));
  await expect(load).rejects.toThrow('given up');
});
