import type { RelayClient } from '@halyard/relay-client';
import { eventually, ManualClock, recordingLogger } from '@halyard/testkit';
import { RelaySource } from '../../src/engine/sources/relay-source.ts';
import type { LocalProviderOptions, RelaySourceOptions } from '../../src/index.ts';
import { LocalProvider, relaySource } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import { standInRelay } from '../stand-in-relay.ts';

const key = 'canary-key';
const open: LocalProvider[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.onClose();
});

/** A flag that is on for French contexts. */
const french = {
  variations: { on: true, off: false },
  targeting: [{ name: 'french', query: 'country eq "FR"', variation: 'on' }],
  defaultRule: { variation: 'off' },
};

async function follow(
  options: RelaySourceOptions,
  provided: LocalProviderOptions = {},
): Promise<{ provider: LocalProvider; log: () => string }> {
  const logger = recordingLogger();
  const provider = new LocalProvider({ source: relaySource({ apiKey: key, ...options }), logger, ...provided });
  open.push(provider);
  await provider.initialize();
  return { provider, log: () => JSON.stringify(logger.entries) };
}

const isOn = (provider: LocalProvider, context = {}): boolean => provider.evaluate('flag', false, context).value;

test('flags of the relay are evaluated here, and a change that it pushes is in force at once', async () => {
  const relay = await standInRelay(key, { flags: { flag: switchedTo(false) } });
  const { provider } = await follow({ endpoint: relay.url, changes: 'sse' });
  expect(isOn(provider)).toBe(false);
  await eventually('the stream is up', () => relay.listeners === 1);
  const before = relay.requests.length;
  relay.edit({ flags: { flag: switchedTo(true) } });
  await eventually('the change is in force', () => isOn(provider));
  expect(relay.requests.length).toBeGreaterThan(before);
  await provider.onClose();
  await eventually('the stream is closed', () => relay.listeners === 0);
});

test('a poll asks with the tag, exactly as it came', async () => {
  const relay = await standInRelay(key, { flags: { flag: switchedTo(true) } });
  const { provider } = await follow({ endpoint: relay.url, changes: 'poll' });
  await provider.reload();
  expect(relay.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    expect.stringMatching(/^"\d+-[0-9a-f]{40}"$/),
  ]);
  expect(provider.status()).toMatchObject({ state: 'ready', source: `relay ${relay.url}` });
});

test('that nothing changed is believed for a quarter of an hour, then everything is read once more', async () => {
  const clock = new ManualClock();
  const tags: (string | undefined)[] = [];
  const client = {
    async flagConfiguration(tag: string | undefined) {
      tags.push(tag);
      return tag === undefined
        ? { text: 'a', flags: {}, etag: '"stuck"', evaluationContextEnrichment: {} }
        : 'unchanged';
    },
  } as unknown as RelayClient;
  const transport = async (): Promise<never> => Promise.reject(new Error('not asked'));
  const source = new RelaySource({
    ...{ shown: 'x', client, transport, follower: undefined, flags: [], pollIntervalMs: 0, emptyAfterMs: 0, clock },
    ...{ digest: (text: string) => text, fingerprint: '' },
  });
  const { signal } = new AbortController();
  await source.load(undefined, signal);
  expect(await source.load('a', signal)).toBe('unchanged');
  await clock.pass(15 * 60_000);
  expect(await source.load('a', signal)).toBe('unchanged');
  expect(await source.load('a', signal)).toBe('unchanged');
  expect(tags).toEqual([undefined, '"stuck"', undefined, '"stuck"']);
});

test('what the relay merges over contexts counts here too, and flags are read again when that changes', async () => {
  const flags = { flag: french, other: switchedTo(true) };
  const relay = await standInRelay(key, { flags, evaluationContextEnrichment: { country: 'FR' } });
  const { provider } = await follow({ endpoint: relay.url, changes: 'off' });
  const changed: (readonly string[])[] = [];
  provider.on('flagsUpdated', (details) => void changed.push(details.flags));
  expect(isOn(provider, { country: 'DE' })).toBe(true);
  relay.configuration = { flags, evaluationContextEnrichment: { country: 'IT' } };
  await provider.reload();
  expect(isOn(provider, { country: 'FR' })).toBe(false);
  relay.configuration = { flags };
  await provider.reload();
  expect(isOn(provider, { country: 'FR' })).toBe(true);
  expect(changed).toEqual([
    ['flag', 'other'],
    ['flag', 'other'],
  ]);
});

test('the option contextEnrichment counts more than the relay', async () => {
  const relay = await standInRelay(key, { flags: { flag: french }, evaluationContextEnrichment: { country: 'IT' } });
  const { provider } = await follow({ endpoint: relay.url }, { contextEnrichment: { country: 'FR' } });
  expect(isOn(provider)).toBe(true);
});

test('a relay that loses its flags for a while keeps nobody without them', async () => {
  const relay = await standInRelay(key, { flags: { flag: switchedTo(true) } });
  const { provider } = await follow({ endpoint: relay.url, changes: 'off' });
  relay.configuration = {};
  await expect(provider.reload()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  expect(isOn(provider)).toBe(true);
  relay.configuration = { flags: { flag: switchedTo(false) } };
  await provider.reload();
  expect(isOn(provider)).toBe(false);
});

test('an installation without flags is one, and emptyAfterMs 0 believes everything', async () => {
  const relay = await standInRelay(key, {});
  const { provider } = await follow({ endpoint: relay.url, changes: 'off', emptyAfterMs: 0 });
  expect(provider.status().state).toBe('ready');
  relay.configuration = { flags: { flag: switchedTo(true) } };
  await provider.reload();
  expect(isOn(provider)).toBe(true);
  relay.configuration = {};
  await provider.reload();
  expect(provider.evaluate('flag', false)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
});

test('the key is shown nowhere', async () => {
  const relay = await standInRelay('another key', {});
  const source = relaySource({ endpoint: relay.url, apiKey: key });
  const logger = recordingLogger();
  const provider = new LocalProvider({ source, logger, initTimeoutMs: 500 });
  open.push(provider);
  await expect(provider.initialize()).rejects.toThrow(/check the option apiKey/);
  expect(JSON.stringify([logger.entries, provider.status(), source.describe()])).not.toContain(key);
});

test('options that are wrong are refused at once', () => {
  expect(() => relaySource({ endpoint: 'ftp://relay', changes: 'push' as never })).toThrow(/endpoint: .*\n.*changes: /);
});
