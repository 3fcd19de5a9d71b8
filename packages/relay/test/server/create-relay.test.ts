import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isHalyardError } from '@halyard/core';
import { createRelay } from '@halyard/relay';
import { recordingLogger } from '@halyard/testkit';
import { ask, closeRelays, someFlags, startRelay } from '../running-relay.ts';

afterEach(closeRelays);

const failure = async (work: Promise<unknown>): Promise<{ code: string; message: string }> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isHalyardError(error)) throw new Error(`no HalyardError: ${String(error)}`);
  return { code: error.code, message: error.message };
};

test('listens where it says, on this machine only', async () => {
  const relay = await startRelay();
  expect(relay.url).toBe(`http://127.0.0.1:${relay.port}`);
  expect(await ask(relay, '/health')).toMatchObject({ status: 200, text: '{"initialized":true}\n' });
});

test('writes an IPv6 address as URLs want it', async () => {
  const relay = await startRelay({ host: '::1' });
  expect(relay.url).toBe(`http://[::1]:${relay.port}`);
  expect((await ask(relay, '/health')).status).toBe(200);
});

test('tells every fault of the options at once, and shows no key', async () => {
  const options = {
    port: 70_000,
    apiKeys: 'secret-1',
    adminKeys: ['', 'secret-2'],
    exporter: {},
    vesion: '1',
    source: {},
    flagSets: [
      { name: 'a', apiKeys: ['secret-3', 'secret-4'], source: {} },
      { name: 'a', apiKeys: ['secret-3'], source: 'flags.txt' },
      { name: 'b', apiKeys: [], sauce: {} },
      'c',
    ],
  };
  const { code, message } = await failure(createRelay(options as never));
  expect(code).toBe('CONFIG_INVALID');
  expect(message.split('\n').map((line) => line.trim().split(':', 1)[0])).toEqual([
    'createRelay',
    'port',
    'apiKeys',
    'adminKeys',
    'exporter',
    'vesion',
    'flagSets',
    'flagSets[1].source',
    'flagSets[2].apiKeys',
    'flagSets[2].sauce',
    'flagSets[2].source',
    'flagSets[3]',
    'flagSets[1].apiKeys',
    'flagSets[1].name',
  ]);
  expect(message).toContain('the option "version"');
  expect(message).not.toContain('secret');
});

test('a port that somebody else has is an error, and nothing stays behind', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const { code, message } = await failure(createRelay({ source: someFlags, port, logger: recordingLogger() }));
  expect({ code, message }).toEqual({
    code: 'NETWORK_FAILED',
    message: expect.stringContaining(`cannot listen on 127.0.0.1:${port}`) as string,
  });
  await new Promise((resolve) => other.close(resolve));
});

test('flags that cannot be loaded are an error', async () => {
  const missing = createRelay({ source: 'no-such-file.yaml', port: 0, logger: recordingLogger() });
  expect(await failure(missing)).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('rulesets are an error that says what they are: the protocol has no words for them', async () => {
  const rulesets = { production: { type: 'percentage', features: { a: { percentage: 100 } } } };
  await expect(createRelay({ source: rulesets, port: 0 })).rejects.toThrow("looks like the dialect 'ruleset'");
});

test('no flags at all are fine', async () => {
  const relay = await startRelay({ source: {} });
  expect((await ask(relay, '/v1/flag/configuration', { method: 'POST' })).text).toBe('{}\n');
  expect((await ask(relay, '/v1/flag/change')).json).toEqual({ hash: 1_415_952_421, flags: {} });
  expect((await ask(relay, '/v1/allflags', { body: { user: {} } })).json).toEqual({ valid: true });
});

test('the version header says what it is told', async () => {
  const versionOf = async (version?: string | false): Promise<string | null> => {
    const relay = await startRelay(version === undefined ? {} : { version });
    return (await ask(relay, '/health')).headers.get('x-gofeatureflag-version');
  };
  expect(await versionOf()).toBe('localdev');
  expect(await versionOf('1.55.2')).toBe('1.55.2');
  expect(await versionOf(false)).toBeNull();
});

test('tells how its flags are doing, refused ones with their place', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-relay-'));
  const file = path.join(folder, 'flags.yaml');
  writeFileSync(file, 'good: { variations: { a: 1 }, defaultRule: { variation: a } }\nbad:\n  variations: { a: 1 }\n');
  const relay = await startRelay({ source: file });
  expect(relay.status()).toMatchObject([{ flagSet: 'default', flags: 1, source: { state: 'ready' } }]);
  expect(relay.diagnostics()).toMatchObject([
    { severity: 'error', flag: 'bad', origin: file, position: { line: 3, column: 3 } },
  ]);
  await relay.close();
  rmSync(folder, { recursive: true, force: true });
});

test('close may be called as often as one likes', async () => {
  const relay = await startRelay();
  await Promise.all([relay.close(), relay.close()]);
  await relay.close();
  await expect(fetch(relay.url)).rejects.toThrow();
});

test('two relays in one process do not know of each other', async () => {
  const one = await startRelay({ source: { only: { variations: { a: 1 }, defaultRule: { variation: 'a' } } } });
  const two = await startRelay({ apiKeys: ['key'] });
  expect((await ask(one, '/v1/flag/change')).json).toHaveProperty('flags.only');
  expect((await ask(two, '/v1/flag/change')).status).toBe(401);
  await one.close();
  expect((await ask(two, '/health')).status).toBe(200);
});
