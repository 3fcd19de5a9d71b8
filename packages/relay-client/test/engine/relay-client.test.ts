import { inspect } from 'node:util';
import type { Transport, TransportRequest } from '@halyard/core';
import { isHalyardError, systemClock } from '@halyard/core';
import type { ApiKey, RelayClient, RelayProtocol } from '../../src/index.ts';
import { createRelayClient, parseEndpoint } from '../../src/index.ts';
import { nodeRelayClient } from '../../src/server.ts';
import type { LoopbackServer } from '@halyard/testkit/loopback-server';
import { httpServer } from '@halyard/testkit/loopback-server';
import { flagIsOn, json } from '../relay-answers.ts';

const clients: RelayClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

function clientOf(server: LoopbackServer, options: { apiKey?: ApiKey; protocol?: RelayProtocol } = {}): RelayClient {
  const client = nodeRelayClient({ endpoint: `${server.url}/prefix/`, timeoutMs: 30_000, ...options });
  clients.push(client);
  return client;
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return isHalyardError(error) ? `${error.code}: ${error.message}` : `unexpected: ${String(error)}`;
}

const batch = { meta: { provider: 'test' }, events: [] };

test('each question goes where the relay expects it, in its form', async () => {
  const server = await httpServer((response, { url }) => {
    if (url.includes('collector')) return json({ ingestedContentCount: 0 })(response);
    if (url.includes('change')) return json({ hash: 1, flags: {} })(response);
    return json({ ...flagIsOn, flags: {}, valid: true })(response);
  });
  const client = clientOf(server, { apiKey: 'the key' });
  expect((await client.evaluate('a b', { targetingKey: 'u', x: 1 })).resolution.value).toBe(true);
  await client.evaluateAll({});
  await client.flagConfiguration(undefined);
  await client.flagConfiguration('"tag"', undefined, ['a']);
  await client.flagHashes('"tag"');
  await client.collect(batch);
  expect(server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    'POST /prefix/v1/feature/a%20b/eval {"evaluationContext":{"key":"u","custom":{"targetingKey":"u","x":1}},"defaultValue":null}',
    'POST /prefix/v1/allflags {"evaluationContext":{"custom":{}}}',
    'POST /prefix/v1/flag/configuration {}',
    'POST /prefix/v1/flag/configuration {"flags":["a"]}',
    'GET /prefix/v1/flag/change ',
    'POST /prefix/v1/data/collector {"meta":{"provider":"test"},"events":[]}',
  ]);
  for (const { headers, body } of server.requests) {
    expect(headers).toMatchObject({ authorization: 'Bearer the key', 'accept-encoding': 'identity' });
    expect(headers['content-type']).toBe(body === '' ? undefined : 'application/json');
    expect(headers['x-api-key']).toBeUndefined();
  }
  expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    undefined,
    undefined,
    '"tag"',
    '"tag"',
    undefined,
  ]);
  // a connection rests for a turn of the event loop after each answer, and another one takes the turn
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('OFREP is asked in its own way', async () => {
  const server = await httpServer((response, { url }) => {
    const flag = { key: 'f', value: 1, reason: 'STATIC', variant: 'one' };
    json(url.endsWith('/flags') ? { flags: [flag] } : flag)(response);
  });
  const client = clientOf(server, { protocol: 'ofrep' });
  expect((await client.evaluate('f', { targetingKey: 'u' })).resolution.value).toBe(1);
  expect([...(await client.evaluateAll({})).keys()]).toEqual(['f']);
  expect(server.requests.map(({ url, body }) => `${url} ${body}`)).toEqual([
    '/prefix/ofrep/v1/evaluate/flags/f {"context":{"targetingKey":"u"}}',
    '/prefix/ofrep/v1/evaluate/flags {"context":{}}',
  ]);
});

test('a key with a slash is asked for by OFREP, and keys that fit into no path are not asked for', async () => {
  const server = await httpServer(json({ key: 'a/b', value: true, reason: 'STATIC', variant: 'on' }));
  const client = clientOf(server);
  expect((await client.evaluate('a/b', {})).resolution.value).toBe(true);
  expect((await client.evaluate('', {})).resolution.errorCode).toBe('FLAG_NOT_FOUND');
  expect((await client.evaluate('\ud800', {})).resolution.errorCode).toBe('FLAG_NOT_FOUND');
  expect((await client.evaluate('..', {})).resolution.errorCode).toBe('GENERAL');
  expect(server.requests.map(({ url }) => url)).toEqual(['/prefix/ofrep/v1/evaluate/flags/a/b']);
});

test('a context that cannot be written is an outcome, and in bulk a failure; nothing is sent', async () => {
  const server = await httpServer(json(flagIsOn));
  const client = clientOf(server);
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const outcome = await client.evaluate('f', circular);
  expect(outcome.resolution).toMatchObject({ errorCode: 'INVALID_CONTEXT', errorMessage: 'the context is circular' });
  expect(await failureOf(client.evaluateAll({ big: 1n }))).toBe('CONTEXT_INVALID: the context holds a BigInt');
  expect(server.requests).toEqual([]);
});

test('what has not changed is not read again, and only to those who have it', async () => {
  const server = await httpServer((response, { headers }) => {
    if (headers['if-none-match'] === '"1"') return json(undefined, 304)(response);
    const isPost = headers['content-type'] !== undefined;
    return json(isPost ? { flags: { f: {} } } : { hash: 5, flags: { f: 6 } }, 200, { ETag: '"1"' })(response);
  });
  const client = clientOf(server);
  const configuration = await client.flagConfiguration(undefined);
  expect(configuration).toEqual({
    etag: '"1"',
    flags: { f: {} },
    evaluationContextEnrichment: {},
    text: '{"flags":{"f":{}}}',
  });
  expect(await client.flagConfiguration('"1"')).toBe('unchanged');
  expect(await client.flagHashes(undefined)).toEqual({ etag: '"1"', hash: 5, flags: new Map([['f', 6]]) });
  expect(await client.flagHashes('"1"')).toBe('unchanged');
});

test('a 304 for somebody who has nothing is no answer', async () => {
  const client = clientOf(await httpServer(json(undefined, 304)));
  expect(await failureOf(client.flagConfiguration(undefined))).toMatch(/^RESPONSE_INVALID: .* status 304/);
  expect(await failureOf(client.evaluate('f', {}))).toMatch(/^RESPONSE_INVALID: .* status 304/);
});

test.each([
  [
    200,
    '<html>  <title>Sign\nin</title>',
    /^RESPONSE_INVALID: POST .*\/eval: the answer is not JSON: "<html> <title>Sign in/,
  ],
  [200, '', /^RESPONSE_INVALID: .* the answer is empty$/],
  [200, '{"evaluationContext":{"key":"ca', /^RESPONSE_INVALID: .* the answer is not JSON$/],
  [200, '["f"]', /^RESPONSE_INVALID: .* the answer is an array, expected an object$/],
  [204, '', /^RESPONSE_INVALID: .* status 204$/],
  [303, '', /^RESPONSE_INVALID: .* status 303$/],
  [400, '{"message":"unexpected EOF"}', /^CONTEXT_INVALID: .* status 400: "unexpected EOF"$/],
  [400, 'Bad Request', /^RESPONSE_INVALID: .* status 400$/],
  [400, '{"message":"error while getting flagset: flagset not found for API key"}', /^AUTHENTICATION_FAILED: .*apiKey/],
  [
    401,
    '{"message":"missing key in request header"}',
    /^AUTHENTICATION_FAILED: .* set the option apiKey \(401\): "missing/,
  ],
  [403, '<html>', /^AUTHENTICATION_FAILED: .* apiKey \(403\)$/],
  [404, '{"message":"Not Found"}', /^RESPONSE_INVALID: .*not there \(404\): the option endpoint is wrong$/],
  [408, '', /^NETWORK_FAILED: .*\(408\)$/],
  [413, '', /^RESPONSE_INVALID: .* status 413$/],
  [415, '{"message":"Unsupported Media Type"}', /^RESPONSE_INVALID: .* status 415: "Unsupported Media Type"$/],
  [429, '', /^RATE_LIMITED: .*too many requests$/],
  [500, '{"message":"Internal Server Error"}', /^NETWORK_FAILED: .*\(500\): "Internal Server Error"$/],
  [502, '<html>bad gateway', /^NETWORK_FAILED: .*\(502\)$/],
  [503, '', /^NETWORK_FAILED: .*\(503\)$/],
])('status %i with the body %j has a name', async (status, body, words) => {
  const server = await httpServer((response) => response.writeHead(status).end(body));
  expect(await failureOf(clientOf(server).evaluate('f', { targetingKey: 'canary' }))).toMatch(words);
});

test('an unknown flag, an error of a flag and a wrong address are three things in OFREP', async () => {
  const answers: [number, unknown][] = [
    [404, { errorCode: 'FLAG_NOT_FOUND', errorDetails: 'Error while evaluating the flag: f', key: 'f' }],
    [400, { errorCode: 'TARGETING_KEY_MISSING', errorDetails: 'Error while evaluating the flag: f', key: 'f' }],
    [404, { message: 'Not Found' }],
  ];
  const server = await httpServer((response) => {
    const [status, body] = answers.shift() ?? [500, {}];
    json(body, status)(response);
  });
  const client = clientOf(server, { protocol: 'ofrep' });
  expect((await client.evaluate('f', {})).resolution).toMatchObject({
    errorCode: 'FLAG_NOT_FOUND',
    errorMessage: 'flag "f" was not found',
  });
  expect((await client.evaluate('f', {})).resolution.errorCode).toBe('TARGETING_KEY_MISSING');
  expect(await failureOf(client.evaluate('f', {}))).toMatch(/endpoint is wrong, or the relay is older than 1\.24$/);
});

test('a server that repeats key and context gets neither into an error', async () => {
  const echoes: ((key: string, body: string) => [number, string])[] = [
    (key) => [200, `<html>you sent ${key}`],
    (key) => [401, JSON.stringify({ message: `wrong: ${key}` })],
    (_key, body) => [200, body],
    (_key, body) => [200, body.slice(0, -1)],
    (_key, body) => [500, body],
  ];
  const server = await httpServer((response, { headers, body }) => {
    const [status, text] = echoes.shift()?.(String(headers.authorization), body) ?? [500, ''];
    response.writeHead(status).end(text);
  });
  const client = clientOf(server, { apiKey: 'canary-key' });
  for (let round = 0; round < 5; round++) {
    const error: unknown = await client
      .evaluate('f', { targetingKey: 'canary-user' })
      .catch((failure: unknown) => failure);
    expect(isHalyardError(error)).toBe(true);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('canary');
  }
});

test('what is collected is taken by the collector, and by nobody else', async () => {
  const client = clientOf(await httpServer((response) => response.end('<html>Sign in')));
  expect(await failureOf(client.collect(batch))).toMatch(
    /^RESPONSE_INVALID: .*collector: the answer is a page for people/,
  );
});

test('a transport of one’s own may fail as it likes', async () => {
  const seen: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    seen.push(request);
    throw new TypeError('no network today');
  };
  const parts = {
    endpoint: parseEndpoint('http://relay'),
    timeoutMs: 1_000,
    protocol: 'goff',
    clock: systemClock,
  } as const;
  const client = createRelayClient({ ...parts, transport });
  expect(await failureOf(client.evaluate('f', {}))).toBe(
    'NETWORK_FAILED: the relay at http://relay cannot be reached: no network today',
  );
  expect(seen).toHaveLength(1);
  await client.close();
});

test('wrong options are refused at once, every one of them', () => {
  const options = { endpoint: 'ftp://x', apiKey: 'clé', protocol: 'rest', timeoutMs: 0, http: { conections: 5 } };
  const failure = ((): string => {
    try {
      return String(nodeRelayClient(options as never));
    } catch (error) {
      return String(error);
    }
  })();
  const faulty = [...failure.matchAll(/^ {2}(\S+): found/gm)].map(([, name]) => name);
  expect(faulty).toEqual(['endpoint', 'apiKey', 'protocol', 'timeoutMs', 'http.conections']);
  expect(failure).not.toContain('clé');
});
