import { recordingLogger } from '@halyard/testkit';
import type { LoadedFlags, Source } from '../src/index.ts';
import { LocalProvider } from '../src/index.ts';
import { switchedTo } from './flag-definitions.ts';

test('a snapshot keeps its answers when the flags change', async () => {
  let version = 1;
  const source: Source = {
    describe: () => 'test',
    load: async (): Promise<LoadedFlags> => ({
      version: String(version),
      documents: [{ origin: 'test', definitions: { a: switchedTo(version === 1), b: switchedTo(version === 1) } }],
    }),
  };
  const provider = new LocalProvider({ source, logger: recordingLogger() });
  await provider.initialize();
  const snapshot = provider.snapshot();
  expect(snapshot.boolean('a', false)).toBe(true);
  version = 2;
  await provider.reload();
  expect(provider.evaluate('b', true).value).toBe(false);
  expect(snapshot.boolean('b', false)).toBe(true);
  await provider.onClose();
  expect(snapshot.boolean('b', false)).toBe(true);
});

test('a snapshot is not changed by changing the context afterwards', async () => {
  const flag = { ...switchedTo(false), targeting: [{ query: 'country eq "FR"', variation: 'on' }] };
  const provider = new LocalProvider({ source: { flag }, logger: recordingLogger() });
  await provider.initialize();
  const context = { country: 'FR' };
  const snapshot = provider.snapshot(context);
  context.country = 'DE';
  expect(snapshot.boolean('flag', false)).toBe(true);
  await provider.onClose();
});

test('it gives typed values, details, keys and plain data', async () => {
  const provider = new LocalProvider({
    source: { a: switchedTo(true), off: { ...switchedTo(true), disable: true } },
    logger: recordingLogger(),
  });
  await provider.initialize();
  const snapshot = provider.snapshot();
  expect(snapshot.string('a', 'no text')).toBe('no text');
  expect(snapshot.details('a', 'no text')).toMatchObject({ errorCode: 'TYPE_MISMATCH', value: 'no text' });
  expect(snapshot.boolean('off', true)).toBe(true);
  expect(snapshot.details('nope', 1)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND', value: 1 });
  expect(snapshot.keys()).toEqual(['a', 'off']);
  expect(JSON.parse(JSON.stringify(snapshot))).toMatchObject({ a: { value: true, variant: 'on' } });
  expect(Object.isFrozen(snapshot)).toBe(true);
  await provider.onClose();
});

test('time-dependent flags of one snapshot see the same moment', async () => {
  const boundary = {
    ...switchedTo(false),
    scheduledRollout: [{ date: new Date(Date.now() + 50).toISOString(), defaultRule: { variation: 'on' } }],
  };
  const source = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, boundary]));
  const provider = new LocalProvider({ source, logger: recordingLogger() });
  await provider.initialize();
  const end = Date.now() + 100;
  while (Date.now() < end) {
    const values = new Set(Object.values(provider.evaluateAll()).map(({ value }) => value));
    expect(values.size).toBe(1);
  }
  await provider.onClose();
});
