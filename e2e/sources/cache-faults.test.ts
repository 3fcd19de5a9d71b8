import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '@halyard/provider-local';
import { layered } from '@halyard/provider-local';
import { eventually } from '@halyard/testkit';
import { closeProviders, documentOf, following, isOn } from './following.ts';
import { ended } from './real-programs.ts';

jest.setTimeout(600_000);

/** By hand, more: HALYARD_KILLS=1000 npm test -- cache-faults. */
const ROUNDS = Number(process.env['HALYARD_KILLS'] ?? 10);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halyard-cache-'));
});

afterEach(async () => {
  await closeProviders();
  rmSync(folder, { recursive: true, force: true });
});

const gone = (name: string): Source => ({
  describe: () => name,
  load: () => Promise.reject(new Error('it is gone')),
});

/** Lets a process write the file over and over, and kills it at some moment of that. */
async function killedWhileSaving(cache: string, round: number): Promise<void> {
  const child = fork(join(__dirname, 'saving-process.mjs'), [cache, String(round)]);
  try {
    await once(child, 'message');
    await eventually('it has saved', () => {
      try {
        return readFileSync(cache, 'utf8').includes(`"${round}.`);
      } catch {
        return false;
      }
    });
    await new Promise((resolve) => void setTimeout(resolve, Math.random() * 30));
  } finally {
    await ended(child, 'SIGKILL');
  }
}

test('a process that is killed while it saves leaves a cache that serves: a whole one of its own', async () => {
  const cache = join(folder, 'flags.cache');
  for (let round = 1; round <= ROUNDS; round++) {
    await killedWhileSaving(cache, round);
    const { provider } = await following(layered([gone('flags that change')], { cache }));
    const [first, last] = [provider.evaluate('first', ''), provider.evaluate('last', '')];
    expect(first.value).toMatch(new RegExp(`^${round}\\.\\d+$`));
    expect(last.value).toBe(first.value);
    await closeProviders();
  }
});

test('where something else stands in the place of the cache flags serve, with one warning and nothing left', async () => {
  const cache = join(folder, 'flags.cache');
  // what stands there is a folder, over which no file can be renamed
  mkdirSync(join(cache, 'taken'), { recursive: true });
  let on = false;
  const source: Source = {
    describe: () => 'source',
    load: () => {
      on = !on;
      const document = { origin: 'source', format: 'json' as const, text: documentOf(on) };
      return Promise.resolve({ version: String(on), documents: [document] });
    },
  };
  const { provider, log } = await following(layered([source], { cache }));
  const warnings = (): number => log().split('cannot be written').length - 1;
  await eventually('it is told', () => warnings() === 1);
  expect(log()).toMatch(/cannot be written: it is not a regular file/);
  await provider.reload();
  await provider.reload();
  expect(isOn(provider)).toBe(true);
  await eventually('nothing is left', () => readdirSync(folder).join() === 'flags.cache');
  expect(warnings()).toBe(1);
});
