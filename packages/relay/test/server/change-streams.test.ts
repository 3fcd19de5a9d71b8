import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@halyard/testkit';
import type { Relay, RelayEvent } from '@halyard/relay';
import { WebSocket } from 'ws';
import { ask, closeRelays, startRelay } from '../running-relay.ts';

const sockets: WebSocket[] = [];
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'halyard-changes-'))));
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await closeRelays();
  rmSync(folder, { recursive: true, force: true });
});

/** Replaces a file at once, as careful writers do. */
function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
  return file;
}

const flag = (value: string): string => `{ variations: { a: ${value} }, defaultRule: { variation: a } }`;
const definition = (value: unknown): object => ({ variations: { a: value }, defaultRule: { variation: 'a' } });

interface Listening {
  readonly messages: string[];
  readonly socket: WebSocket;
}

/** Connects; settles when the handshake is through. */
function listen(relay: Relay, target = '/stream/v1/ws/flag/change'): Promise<Listening> {
  const socket = new WebSocket(relay.url.replace('http', 'ws') + target);
  sockets.push(socket);
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ messages, socket }));
    socket.on('error', reject);
  });
}

/** Opens an event stream; settles when its headers are there. */
function follow(
  relay: Relay,
  key = '',
): Promise<{ response: http.IncomingMessage; text(): string; isEnded(): boolean }> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${relay.url}/stream/v1/sse/flag/change?apiKey=${key}`, (response) => {
      let text = '';
      let ended = false;
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => (ended = true));
      resolve({ response, text: () => text, isEnded: () => ended });
    });
    request.on('error', reject);
  });
}

test('every listener hears of a change with its definitions', async () => {
  const source = write('flags.yaml', `one: ${flag('1')}\ntwo: ${flag('2')}\n`);
  const relay = await startRelay({ source });
  const [socket, oldSocket, events] = await Promise.all([
    listen(relay),
    listen(relay, '/ws/v1/flag/change'),
    follow(relay),
  ]);
  expect(events.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  write('flags.yaml', `one: ${flag('"<1>"')}\nthree: ${flag('3')}\n`);
  await eventually(
    'all have heard',
    () => socket.messages.length + oldSocket.messages.length === 2 && events.text() !== '',
  );
  const text =
    '{"deleted":{"two":{"variations":{"a":2},"defaultRule":{"variation":"a"}}},' +
    '"added":{"three":{"variations":{"a":3},"defaultRule":{"variation":"a"}}},' +
    '"updated":{"one":{"old_value":{"variations":{"a":1},"defaultRule":{"variation":"a"}},' +
    String.raw`"new_value":{"variations":{"a":"\u003c1\u003e"},"defaultRule":{"variation":"a"}}}}}`;
  expect(socket.messages).toEqual([`${text}\n`]);
  expect(oldSocket.messages).toEqual([`${text}\n`]);
  expect(events.text()).toBe(`id: \ndata: ${text}\n\n`);
});

test('white space, comments and unknown properties are no change; a flag that becomes invalid is deleted', async () => {
  const source = write('flags.yaml', `one: ${flag('1')}\ntwo: ${flag('2')}\n`);
  const relay = await startRelay({ source });
  const told: RelayEvent[] = [];
  relay.on((event) => told.push(event));
  const { messages } = await listen(relay);
  write(
    'flags.yaml',
    `# a comment\none: { defaultRule: { variation: a }, unknown: 1, variations: { a: 1 } }\ntwo: ${flag('2')}\n`,
  );
  await relay.reload();
  expect(messages).toEqual([]);
  write('flags.yaml', `one: { variations: { a: 1 } }\ntwo: ${flag('2')}\n`);
  await eventually('the flag is deleted', () => messages.length === 1);
  expect(JSON.parse(messages[0] as string)).toEqual({ deleted: { one: definition(1) }, added: {}, updated: {} });
  expect(told).toEqual([{ type: 'changed', flagSet: 'default', added: [], updated: [], deleted: ['one'] }]);
  expect((await ask(relay, '/ofrep/v1/evaluate/flags/one', { body: { context: {} } })).status).toBe(404);
});

test('a file that cannot be decoded changes nothing, and is told of', async () => {
  const source = write('flags.yaml', `one: ${flag('1')}\n`);
  const relay = await startRelay({ source, adminKeys: ['admin'] });
  const told: RelayEvent[] = [];
  relay.on((event) => told.push(event));
  write('flags.yaml', 'one: [');
  const refresh = { method: 'POST', headers: { 'x-api-key': 'admin' } };
  expect((await ask(relay, '/admin/v1/retriever/refresh', refresh)).json).toEqual({ refreshed: false });
  await expect(relay.reload()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  expect(told).toMatchObject([{ type: 'failed', flagSet: 'default', error: { code: 'SOURCE_INVALID' } }]);
  expect((await ask(relay, '/v1/flag/change')).json).toHaveProperty('flags.one');
});

test('event streams hear of their own flag set, WebSockets of all', async () => {
  const one = write('one.yaml', `f: ${flag('1')}\n`);
  const two = write('two.yaml', `f: ${flag('2')}\n`);
  const relay = await startRelay({
    apiKeys: ['plain'],
    flagSets: [
      { name: 'one', apiKeys: ['one'], source: one },
      { name: 'two', apiKeys: ['two'], source: two },
    ],
  });
  const [first, second] = await Promise.all([follow(relay, 'one'), follow(relay, 'two')]);
  const socket = await listen(relay, '/stream/v1/ws/flag/change?apiKey=plain');
  write('one.yaml', `f: ${flag('3')}\n`);
  await eventually('the first has heard', () => first.text() !== '' && socket.messages.length === 1);
  write('two.yaml', `f: ${flag('4')}\n`);
  await eventually('the second has heard', () => second.text() !== '' && socket.messages.length === 2);
  expect(first.text()).toContain('"a":3');
  expect(first.text()).not.toContain('"a":4');
  expect(second.text()).not.toContain('"a":3');
});

test('a stream wants a key where evaluation does, in its query only', async () => {
  const relay = await startRelay({ apiKeys: ['key +&'] });
  const target = '/stream/v1/ws/flag/change';
  await expect(listen(relay, `${target}?apiKey=wrong`)).rejects.toThrow('401');
  await expect(listen(relay, target)).rejects.toThrow('401');
  await listen(relay, `${target}?apiKey=${encodeURIComponent('key +&')}`);
  const answer = await ask(relay, '/stream/v1/sse/flag/change', { headers: { 'x-api-key': 'key +&' } });
  expect(answer).toMatchObject({ status: 401, json: { message: 'Unauthorized' } });
});

test('a request that asks for no WebSocket is told so', async () => {
  const relay = await startRelay();
  const answer = await ask(relay, '/ws/v1/flag/change');
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 400, text: 'Bad Request\n' });
  expect(answer.headers.get('link')).toBe('</stream/v1/ws/flag/change>; rel="successor-version"');
});

test('pings come every second, and what clients send changes nothing', async () => {
  const relay = await startRelay();
  const { socket } = await listen(relay);
  let pings = 0;
  socket.on('ping', (data) => (pings += data.length === 0 ? 1 : 100));
  socket.send('hello');
  await eventually('two pings', () => pings >= 2);
  expect(pings).toBeLessThan(100);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('closing says goodbye to everybody', async () => {
  const relay = await startRelay();
  const [{ socket }, events] = await Promise.all([listen(relay), follow(relay)]);
  const closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
  await relay.close();
  expect(await closed).toBe(1001);
  expect(events.isEnded()).toBe(true);
});
