import { eventually, recordingLogger, settled } from '@halyard/testkit';
import type { LocalProviderOptions, Source } from '../../src/index.ts';
import { LocalProvider, merged } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';

const open: LocalProvider[] = [];

afterEach(async () => {
  for (const provider of open.splice(0)) await provider.onClose();
});

function providerOn(source: unknown, options: LocalProviderOptions = {}): LocalProvider {
  const provider = new LocalProvider({ source: source as Source, logger: recordingLogger(), ...options });
  open.push(provider);
  return provider;
}

const flagsOf = (definitions: unknown, version = '1'): object => ({
  version,
  documents: [{ origin: 'test', definitions }],
});
const sourceOf = (load: () => unknown, more: object = {}): object => ({ describe: () => 'test', load, ...more });

test.each([
  ['undefined', undefined, 'found undefined, expected flags'],
  ['a text', 'flags', 'found "flags", expected flags'],
  ['no version', { documents: [] }, 'version: found undefined'],
  ['no documents', { version: '1' }, 'documents: found undefined, expected a list'],
  [
    'an unknown format',
    { version: '1', documents: [{ origin: 'x', format: 'yml', text: '' }] },
    'documents[0]: found an object, expected a document',
  ],
  ['"unchanged" at first', 'unchanged', '"unchanged" before it gave any flags'],
])('a source that answers %s is refused with a message that says so', async (_name, answer, message) => {
  await expect(providerOn(sourceOf(() => answer)).initialize()).rejects.toThrow(`test gave a wrong answer: ${message}`);
});

test('a source that throws at once is a failure like any other', async () => {
  const source = sourceOf(() => {
    throw new Error('no');
  });
  await expect(providerOn(source).initialize()).rejects.toThrow('test cannot be loaded: no');
});

test.each([
  [
    'throws',
    (): void => {
      throw new Error('no inotify');
    },
  ],
  ['rejects', (): Promise<void> => Promise.reject(new Error('no inotify'))],
])('a source whose watch %s is polled all the same', async (_name, watch) => {
  let version = 1;
  const source = sourceOf(async () => flagsOf({ flag: switchedTo(version > 1) }, String(version)), { watch });
  const logger = recordingLogger();
  const provider = providerOn(merged(source as Source), { pollIntervalMs: 10, logger });
  await provider.initialize();
  version = 2;
  await eventually('the poll has seen the change', () => provider.evaluate('flag', false).value);
  expect(logger.entries.map(({ message }) => message)).toContain('test cannot be watched: no inotify');
});

test('a source that cannot say its name works', async () => {
  const source = {
    ...sourceOf(async () => flagsOf({ flag: switchedTo(true) })),
    describe: () => {
      throw new Error('no name');
    },
  };
  const provider = providerOn(source);
  await provider.initialize();
  expect(provider.status()).toMatchObject({ state: 'ready', source: 'source' });
});

test('an object with functions that is no source is refused', () => {
  expect(() => providerOn({ load: async () => flagsOf({}) })).toThrow(/a source with load and describe/);
});

test('a source may go on using what it gave, and is not frozen', async () => {
  const definitions = { flag: switchedTo(false) as { defaultRule: { variation: string } } };
  let version = 1;
  const provider = providerOn(sourceOf(async () => flagsOf(definitions, String(version))));
  await provider.initialize();
  definitions.flag.defaultRule.variation = 'on';
  version = 2;
  await provider.reload();
  expect(provider.evaluate('flag', false).value).toBe(true);
  expect(Object.isFrozen(definitions.flag)).toBe(false);
});

test('definitions that cannot be written as JSON are refused', async () => {
  const circular: Record<string, unknown> = {};
  circular['metadata'] = circular;
  await expect(providerOn(sourceOf(async () => flagsOf({ circular }))).initialize()).rejects.toThrow(
    /cannot be written as JSON/,
  );
});

test('a flag with hundreds of thousands of members harms nobody', async () => {
  const list = Array.from({ length: 300_000 }, (_, index) => index);
  const wide = Object.fromEntries(list.map((index) => [`p${index}`, index]));
  const provider = providerOn({
    list: { variations: { a: list, b: [] }, defaultRule: { variation: 'a' } },
    wide: { variations: { a: wide }, defaultRule: { variation: 'a' } },
    lost: { variations: { a: 1 }, defaultRule: { percentage: wide } },
  });
  await provider.initialize();
  expect(provider.evaluate<unknown[]>('list', []).value).toHaveLength(300_000);
  expect(provider.evaluate('wide', {}).errorCode).toBeUndefined();
  expect(provider.diagnostics().length).toBeGreaterThan(1_000);
});

test('hundreds of warnings in a YAML file are placed without a long pause', async () => {
  const flag = (index: number): string =>
    `f${index}:\n  variations: { on: true }\n  targeting: [{ query: a eq 1 AND b eq 2, variation: on }]\n  defaultRule: { variation: on }\n`;
  const text = Array.from({ length: 800 }, (_, index) => flag(index)).join('');
  const provider = providerOn(
    sourceOf(async () => ({ version: '1', documents: [{ origin: 'f.yaml', format: 'yaml', text }] })),
  );
  await provider.initialize();
  const places = provider.diagnostics();
  expect(places).toHaveLength(800);
  expect(places[799]?.position).toEqual({ line: 799 * 4 + 3, column: 31 });
});

test('listeners are shown frozen definitions', async () => {
  let version = 1;
  const provider = providerOn(sourceOf(async () => flagsOf({ flag: switchedTo(version > 1) }, String(version))));
  await provider.initialize();
  const shown: unknown[] = [];
  provider.on('flagChanged', ({ after }) => void shown.push(after));
  version = 2;
  await provider.reload();
  expect(Object.isFrozen((shown[0] as { variations: object }).variations)).toBe(true);
});

test('closing and opening again while a start is under way leaves the second start alone', async () => {
  for (const onInitFailure of ['serve', 'fail'] as const) {
    const source = sourceOf(async () => {
      await settled();
      return flagsOf({ flag: switchedTo(true) });
    });
    const provider = providerOn(source, { onInitFailure });
    const ready = jest.fn();
    provider.on('ready', ready);
    const first = expect(provider.initialize()).rejects.toMatchObject({ code: 'PROVIDER_NOT_READY' });
    const closed = provider.onClose();
    const second = provider.initialize();
    await Promise.all([first, closed, second]);
    expect(provider.evaluate('flag', false).value).toBe(true);
    expect(ready).not.toHaveBeenCalled();
  }
});

test('a provider that was given up says why', async () => {
  const source = sourceOf(() => Promise.reject(new Error('no')));
  const provider = providerOn(source, { onInitFailure: 'fail' });
  await expect(provider.initialize()).rejects.toMatchObject({ code: 'PROVIDER_FATAL' });
  expect(provider.status()).toMatchObject({ state: 'failed', lastError: { message: 'test cannot be loaded: no' } });
});

test('a reload that is under way when the provider is closed is told so', async () => {
  let loads = 0;
  const source = sourceOf(() => (loads++ === 0 ? flagsOf({}) : new Promise(() => undefined)));
  const provider = providerOn(source);
  await provider.initialize();
  const reloaded = expect(provider.reload()).rejects.toMatchObject({ code: 'CLOSED' });
  await provider.onClose();
  await reloaded;
});

test('initialize of a provider that has flags succeeds, whatever its source does at the moment', async () => {
  let isBroken = true;
  const source = sourceOf(() => (isBroken ? Promise.reject(new Error('no')) : flagsOf({ flag: switchedTo(true) })));
  const provider = providerOn(source, { pollIntervalMs: 5 });
  await expect(provider.initialize()).rejects.toThrow('no');
  isBroken = false;
  await eventually('it has recovered', () => provider.status().state === 'ready');
  isBroken = true;
  await provider.initialize();
  expect(provider.evaluate('flag', false).value).toBe(true);
});

test('odd flag keys are answered, not thrown at', async () => {
  const provider = providerOn({ flag: switchedTo(true) });
  await provider.initialize();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  for (const key of [undefined, null, 1n, Symbol('s'), circular, {}, () => 1]) {
    const flagKey = key as never;
    expect(provider.evaluate(flagKey, false).errorCode).toBe('FLAG_NOT_FOUND');
    expect(provider.explain(flagKey).trace).toEqual([]);
    expect(provider.snapshot().boolean(flagKey, true)).toBe(true);
  }
});
