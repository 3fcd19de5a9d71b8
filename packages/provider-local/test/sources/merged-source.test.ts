import { recordingLogger } from '@halyard/testkit';
import type { LoadedFlags, Source } from '../../src/index.ts';
import { inlineSource, LocalProvider, merged } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';

function switchable(key: string): Source & { on: boolean; broken: boolean } {
  return {
    on: true,
    broken: false,
    describe: () => key,
    async load(previousVersion): Promise<LoadedFlags | 'unchanged'> {
      if (this.broken) throw new Error(`${key} is broken`);
      const version = `${key}-${this.on}`;
      if (version === previousVersion) return 'unchanged';
      return {
        version,
        documents: [{ origin: key, definitions: { [key]: switchedTo(this.on), shared: switchedTo(this.on) } }],
      };
    },
  };
}

test('of a flag that two sources define, the later one counts', async () => {
  const provider = new LocalProvider({
    source: merged(
      inlineSource({ a: switchedTo(true), both: switchedTo(true) }),
      inlineSource({ both: switchedTo(false) }),
    ),
    logger: recordingLogger(),
  });
  await provider.initialize();
  expect(provider.evaluate('a', false).value).toBe(true);
  expect(provider.evaluate('both', true).value).toBe(false);
  expect(provider.status().source).toBe('inline definitions + inline definitions');
  await provider.onClose();
});

test('a change in one source names only its flags, and a broken one leaves everything as it is', async () => {
  const [first, second] = [switchable('first'), switchable('second')];
  const provider = new LocalProvider({ source: merged(first, second), logger: recordingLogger() });
  await provider.initialize();
  const changes: unknown[] = [];
  provider.on('flagsUpdated', ({ flags }) => void changes.push(flags));
  first.on = false;
  await provider.reload();
  expect(changes).toEqual([['first']]);
  second.broken = true;
  first.on = true;
  await expect(provider.reload()).rejects.toThrow('second is broken');
  expect(provider.evaluate('first', true).value).toBe(false);
  second.broken = false;
  await provider.reload();
  expect(provider.evaluate('first', false).value).toBe(true);
  await provider.onClose();
});

test('what was given and refused is read again from the ground', async () => {
  const versions: (string | undefined)[] = [];
  const source = merged({
    describe: () => 'remote',
    load: async (previousVersion) => {
      versions.push(previousVersion);
      return { version: String(versions.length), documents: [] };
    },
  });
  const { signal } = new AbortController();
  const first = (await source.load(undefined, signal)) as LoadedFlags;
  await source.load(first.version, signal);
  // the second ones were refused: the first ones are in force still
  await source.load(first.version, signal);
  expect(versions).toEqual([undefined, '1', undefined]);
});
