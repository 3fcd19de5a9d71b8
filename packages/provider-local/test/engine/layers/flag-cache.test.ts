import fc from 'fast-check';
import { ManualClock, settled } from '@halyard/testkit';
import { isForeign } from '../../../src/sources/cache/saved-flags.ts';
import { ScriptedSource } from '../../scripted-source.ts';
import { layeredEngine, MemoryText } from './layered-engine.ts';

const never = new AbortController().signal;
const gone = new Error('gone');

const changed = (text: string, at: number, character: string): string =>
  `${text.slice(0, at)}${text[at] === character ? '%' : character}${text.slice(at + 1)}`;

/** What a run with a source that answers leaves behind. */
async function savedBy(clock?: ManualClock): Promise<string> {
  const cache = new MemoryText();
  const { engine } = layeredEngine([new ScriptedSource('remote', true)], { cache, ...(clock && { clock }) });
  await engine.start(never);
  await settled();
  await engine.stop();
  return cache.text ?? '';
}

test('what a source gave serves after a restart without it: stale, and as old as it is', async () => {
  const clock = new ManualClock();
  const cache = new MemoryText(await savedBy(clock));
  await clock.pass(3_600_000);
  const remote = new ScriptedSource('remote', gone);
  const { engine, value, layers, events } = layeredEngine([remote], { cache, clock, bootstrap: false });
  await engine.start(never);
  expect(value()).toBe(true);
  expect(layers()).toEqual(['failed', 'inForce', 'standby']);
  await clock.pass(0);
  expect(engine.status()).toMatchObject({ state: 'stale', ageMs: 3_600_000 });
  remote.answers[0] = true;
  await clock.pass(10_000);
  expect(engine.status()).toMatchObject({ state: 'ready', ageMs: 0, version: '1:true' });
  // the definitions are the same ones: nothing changed for anybody
  expect(events.map(({ type }) => type)).toEqual(['stale', 'ready']);
});

test('a clock that was ahead when the flags were saved makes them new, not fresh for ever', async () => {
  const ahead = new ManualClock(Date.UTC(2031, 0, 1));
  const cache = new MemoryText(await savedBy(ahead));
  const { engine, clock } = layeredEngine([new ScriptedSource('remote', gone)], { cache });
  await engine.start(never);
  await clock.pass(5_000);
  expect(engine.status()).toMatchObject({ state: 'stale', ageMs: 5_000 });
});

test('only flags of sources that were in force are saved, and only when they change', async () => {
  const cache = new MemoryText();
  const remote = new ScriptedSource('remote', { text: '{ broken' }, true, true, false);
  const { engine, clock } = layeredEngine([remote], { cache, bootstrap: false });
  await engine.start(never);
  expect(cache.writes).toBe(0);
  await clock.pass(10_000);
  expect(cache.writes).toBe(1);
  await clock.pass(10_000);
  expect(cache.writes).toBe(1);
  await clock.pass(10_000);
  expect(cache.writes).toBe(2);
});

test('a cache cut off anywhere, or with any character changed, is ignored with one warning and replaced', async () => {
  const good = await savedBy();
  const anywhere = fc.nat(good.length - 1);
  const damage = fc.oneof(
    anywhere.map((length) => good.slice(0, length)),
    fc
      .tuple(anywhere, fc.constantFrom('#', '\n', '\0', '\ufffd', '"'))
      .map(([at, character]) => changed(good, at, character)),
    anywhere.map((at) => good.slice(0, at) + good.slice(at + 1)),
    fc.constantFrom(' \n', '\n'.repeat(100)),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (text) => {
      fc.pre(text !== good);
      const cache = new MemoryText(text);
      const remote = new ScriptedSource('remote', gone, gone, true);
      const { engine, clock, value, warnings } = layeredEngine([remote], { cache, bootstrap: false });
      await engine.start(never);
      expect(value()).toBe(false);
      await clock.pass(20_000);
      expect(value()).toBe(true);
      expect(warnings().filter((message) => message.startsWith('cache memory'))).toHaveLength(1);
      expect(cache.text).toContain('"source');
      await engine.stop();
    }),
    { numRuns: 100, examples: [[good.slice(0, -1)], ['']] },
  );
});

test('whatever is cut off or changed by one character is known as ours, wherever that is', async () => {
  const good = await savedBy();
  for (let at = 0; at < good.length; at++) {
    const shifted = [good.slice(0, at) + good.slice(at + 1), `${good.slice(0, at)}?${good.slice(at)}`];
    const damaged = [good.slice(0, at), changed(good, at, '\ufffd'), ...shifted];
    expect([at, ...damaged.map(isForeign)]).toEqual([at, false, false, false, false]);
  }
});

const work = [
  ...['flag:\n  variations:\n    on: true\n', '{"flag":{}}', 'a', '{"a', '# notes\n', 'größe: 1'],
  ...['Caf\ufffd notes\n', 'SQLite format 3\0\x10\0', '\ufffdPNG\r\n\x1a\n\0\0', '\ufffd\ufffdp\0r\0e\0'],
  ...['page 1\fpage 2', '\x1b[31mlog\x1b[0m\n', `${'\n'.repeat(210)}text`, '\n'.repeat(101), '\0\0\0\0'],
  ...[
    '{"name":"lock","checksum":"abc"}',
    '# halyard-flags of ours\n',
    '{"name":"halyard-flags"}',
    '{"is":"something"}',
  ],
];

test('what somebody else wrote is left alone, with a warning', async () => {
  const anything = fc.oneof(
    fc.constantFrom(...work),
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString()),
    fc.json().filter((text) => text.trim() !== ''),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      fc.pre(text.trim() !== '' || text.length > 100);
      fc.pre(!'{"is":"'.startsWith(text));
      const cache = new MemoryText(text);
      const { engine, clock, value, warnings } = layeredEngine([new ScriptedSource('remote', true)], { cache });
      await engine.start(never);
      await clock.pass(60_000);
      expect(value()).toBe(true);
      expect(cache).toMatchObject({ text, writes: 0 });
      expect(warnings()).toEqual([expect.stringMatching(/memory cannot be written: it holds something else/)]);
      await engine.stop();
    }),
    { numRuns: 100, examples: work.map((text) => [text]) },
  );
});

test('flags that could not be saved are saved once they can be, with the time when they were last good', async () => {
  const cache = new MemoryText();
  cache.trouble = new Error('ENOSPC');
  const { engine, clock, warnings } = layeredEngine([new ScriptedSource('remote', true)], { cache });
  await engine.start(never);
  await clock.pass(30_000);
  expect(warnings()).toHaveLength(1);
  cache.trouble = undefined;
  await clock.pass(10_000);
  expect(cache.text).toContain('remote');
  expect(cache.text).toContain(new Date(clock.now()).toISOString());
  const { writes } = cache;
  await clock.pass(60_000);
  expect(cache.writes).toBe(writes);
});

test('closing waits for what is being saved, but not for ever', async () => {
  const cache = new MemoryText();
  let finish = (): void => undefined;
  cache.before = new Promise((resolve) => (finish = resolve));
  const { engine, clock } = layeredEngine([new ScriptedSource('remote', true)], { cache });
  await engine.start(never);
  const closed = jest.fn();
  void engine.stop().then(closed);
  await settled();
  expect(closed).not.toHaveBeenCalled();
  finish();
  await settled();
  expect(closed).toHaveBeenCalledTimes(1);
  expect(cache.text).toContain('remote');
  cache.before = new Promise(() => undefined);
  const again = layeredEngine([new ScriptedSource('remote', true)], { cache, clock });
  await again.engine.start(never);
  void again.engine.stop().then(closed);
  await clock.pass(2_999);
  expect(closed).toHaveBeenCalledTimes(1);
  await clock.pass(1);
  expect(closed).toHaveBeenCalledTimes(2);
});

test.each([
  ['of another version', (text: string) => text.replace('"format":1', '"format":2'), /another version/],
  ['of another source', (text: string) => text, /another source/],
])('a cache %s is ignored', async (_name, change, why) => {
  const cache = new MemoryText(change(await savedBy()));
  const name = why.source.includes('source') ? 'elsewhere' : 'remote';
  const { engine, value, warnings } = layeredEngine([new ScriptedSource(name, gone)], { cache, bootstrap: false });
  await engine.start(never);
  expect(value()).toBe(false);
  expect(warnings()[0]).toMatch(why);
});

test('saved flags that the dialect refuses fall through to the bootstrap definitions', async () => {
  const cache = new MemoryText();
  const { engine } = layeredEngine([new ScriptedSource('remote', true)], { cache });
  await engine.start(never);
  await settled();
  await engine.stop();
  const { nodeDigest } = await import('../../../src/platform/node/node-digest.ts');
  const { savedFromText, textOfSaved } = await import('../../../src/sources/cache/saved-flags.ts');
  const saved = savedFromText(cache.text ?? '', nodeDigest);
  const documents = [{ origin: 'remote', format: 'json' as const, text: '[1]' }];
  cache.text = textOfSaved({ ...saved, flags: { documents } }, nodeDigest);
  const again = layeredEngine([new ScriptedSource('remote', gone)], { cache, bootstrap: false });
  await again.engine.start(never);
  expect(again.value()).toBe(false);
  expect(again.layers()).toEqual(['failed', 'failed', 'inForce']);
});

test('a place that cannot be written costs one warning, and saving goes on once it can', async () => {
  const cache = new MemoryText();
  cache.trouble = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const remote = new ScriptedSource('remote', true, false, true);
  const { engine, clock, value, warnings } = layeredEngine([remote], { cache });
  await engine.start(never);
  await clock.pass(10_000);
  expect(value()).toBe(false);
  const why = 'ENOSPC: no space left on device; the provider goes on without saving';
  expect(warnings()).toEqual([`cache memory cannot be written: ${why}`]);
  cache.trouble = undefined;
  await clock.pass(10_000);
  expect(cache.text).toContain('remote');
});
