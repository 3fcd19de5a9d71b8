import { isHalyardError } from '@halyard/core';
import type { RemoteProviderOptions } from '@halyard/provider-remote';
import { RemoteProvider } from '@halyard/provider-remote';

function faultsOf(options: unknown): string[] {
  try {
    const provider = new RemoteProvider(options as RemoteProviderOptions);
    return [`none, ${provider.metadata.name}`];
  } catch (error) {
    if (!isHalyardError(error)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return (error.details['faults'] as { path: string }[]).map(({ path }) => path);
  }
}

const fine = ['none, halyard-remote'];
const environment = { ...process.env };
afterEach(() => void (process.env = { ...environment }));

test('every option may be left out', () => {
  expect(faultsOf(undefined)).toEqual(fine);
  expect(faultsOf({})).toEqual(fine);
});

test('right options pass', () => {
  expect(
    faultsOf({
      ...{ endpoint: new URL('https://flags.example.test/prefix/'), apiKey: () => 'key', protocol: 'ofrep' },
      ...{ timeoutMs: 1, initTimeoutMs: 1, onInitFailure: 'fail', cache: { maxEntries: 1, ttlMs: 0, staleTtlMs: 0 } },
      ...{ changes: { mode: 'poll', pollIntervalMs: 1, reconnect: { initialMs: 1, maxMs: 2 } } },
      ...{ collect: { flushIntervalMs: 1, maxBatch: 1, maxBuffer: 1 }, exporterMetadata: { a: 'b', c: 1, d: true } },
      ...{ http: { fetch: globalThis.fetch }, debug: true },
    }),
  ).toEqual(fine);
  expect(faultsOf({ cache: false, collect: false, changes: 'off' })).toEqual(fine);
});

test('one error lists every fault', () => {
  expect(
    faultsOf({
      ...{ endpoint: 'ftp://x', apiKey: '', protocol: 'rest', timeoutMs: 0, cache: { maxEntries: 0, ttl: 1 } },
      ...{ changes: 'push', collect: true, exporterMetadata: { a: {} }, http: { fetch: 1 }, endpiont: 'x', logger: {} },
    }),
  ).toEqual([
    ...['endpoint', 'apiKey', 'protocol', 'timeoutMs', 'cache.maxEntries', 'cache.ttl'],
    ...['changes', 'collect', 'exporterMetadata', 'http.fetch', 'endpiont', 'logger'],
  ]);
  expect(faultsOf({ changes: { mode: 'push', reconnect: { initialMs: 0 } } })).toEqual([
    'changes.mode',
    'changes.reconnect.initialMs',
  ]);
});

test.each([
  ['http://user:canary@localhost'],
  ['localhost:1031'],
  ['http://localhost/?apiKey=canary'],
  ['http://localhost/#canary'],
  [''],
  [5],
])('%p is no endpoint, and is not shown if it holds a secret', (endpoint) => {
  expect(faultsOf({ endpoint })).toEqual(['endpoint']);
  expect(() => new RemoteProvider({ endpoint } as never)).not.toThrow('canary');
});

test('the environment says what the options leave open', () => {
  process.env['HALYARD_ENDPOINT'] = 'http://127.0.0.1:1234/prefix';
  process.env['HALYARD_API_KEY'] = 'key';
  expect(new RemoteProvider().status().source).toBe('relay http://127.0.0.1:1234/prefix');
  expect(new RemoteProvider({ endpoint: 'http://other.test' }).status().source).toBe('relay http://other.test');
  process.env['HALYARD_ENDPOINT'] = 'nonsense';
  process.env['HALYARD_API_KEY'] = 'canary\n';
  expect(faultsOf({})).toEqual(['HALYARD_ENDPOINT', 'HALYARD_API_KEY']);
  process.env['HALYARD_ENDPOINT'] = '';
  process.env['HALYARD_API_KEY'] = '';
  expect(new RemoteProvider().status().source).toBe('relay http://localhost:1031');
});
