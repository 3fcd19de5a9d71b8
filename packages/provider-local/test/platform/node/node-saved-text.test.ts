import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type * as Compiler from 'typescript';
import { nodeSavedText } from '../../../src/platform/node/node-saved-text.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder();
const place = (): string => join(folder(), 'flags.cache');

test('what is written is read again, is the owner’s alone, and leaves nothing beside it', async () => {
  const saved = nodeSavedText(place());
  expect(await saved.read()).toBeUndefined();
  await saved.write('one');
  await saved.write('two — ✓');
  expect(await saved.read()).toBe('two — ✓');
  expect(statSync(place()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder())).toEqual(['flags.cache']);
});

test('a symbolic link is neither followed for reading nor for writing', async () => {
  const foreign = join(folder(), 'foreign');
  writeFileSync(foreign, 'theirs');
  symlinkSync(foreign, place());
  const saved = nodeSavedText(place());
  await expect(saved.read()).rejects.toThrow('symbolic link');
  await expect(saved.write('ours')).rejects.toThrow('left alone');
  expect(readFileSync(foreign, 'utf8')).toBe('theirs');
  expect(lstatSync(place()).isSymbolicLink()).toBe(true);
});

test('a folder, a pipe or a device is not replaced', async () => {
  mkdirSync(place());
  await expect(nodeSavedText(place()).write('ours')).rejects.toThrow('left alone');
  expect(statSync(place()).isDirectory()).toBe(true);
  expect(readdirSync(folder())).toEqual(['flags.cache']);
});

test('a file that others may read is replaced by one that they may not', async () => {
  writeFileSync(place(), 'old');
  chmodSync(place(), 0o644);
  await nodeSavedText(place()).write('new');
  expect(statSync(place()).mode & 0o777).toBe(0o600);
});

test('what killed processes left is removed after an hour, and nothing else', async () => {
  const anHourAgo = Date.now() / 1_000 - 3_700;
  const names = ['flags.cache.17.0123456789ab.tmp', 'flags.cache.backup.tmp', 'other.17.0123456789ab.tmp'];
  for (const name of [...names, 'flags.cache.18.0123456789ab.tmp']) writeFileSync(join(folder(), name), '');
  for (const name of names) utimesSync(join(folder(), name), anHourAgo, anHourAgo);
  await nodeSavedText(place()).write('x');
  const left = [
    'flags.cache',
    'flags.cache.18.0123456789ab.tmp',
    'flags.cache.backup.tmp',
    'other.17.0123456789ab.tmp',
  ];
  expect(readdirSync(folder()).toSorted()).toEqual(left);
});

test('a folder, and a folder that is not there, are errors and leave nothing behind', async () => {
  mkdirSync(place());
  await expect(nodeSavedText(place()).read()).rejects.toThrow();
  await expect(nodeSavedText(place()).write('x')).rejects.toThrow();
  expect(readdirSync(folder())).toEqual(['flags.cache']);
  const missing = nodeSavedText(join(folder(), 'missing', 'flags.cache'));
  expect(await missing.read()).toBeUndefined();
  await expect(missing.write('x')).rejects.toThrow('ENOENT');
});

test('a file of another user is not read', async () => {
  writeFileSync(place(), 'theirs');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(place(), 65_534, 65_534);
  // who is not root cannot give files away, but can be taken for somebody else
  else jest.spyOn(process, 'getuid').mockReturnValue(65_534);
  try {
    await expect(nodeSavedText(place()).read()).rejects.toThrow('belongs to another user');
  } finally {
    jest.restoreAllMocks();
  }
});

test('many processes may write the same file: it is always one whole text of one of them', async () => {
  const { transpileModule, ModuleKind, ScriptTarget } = jest.requireActual<typeof Compiler>(
    require.resolve('typescript', { paths: [resolve(__dirname, '../../../../..')] }),
  );
  const source = readFileSync(resolve(__dirname, '../../../src/platform/node/node-saved-text.ts'), 'utf8');
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  writeFileSync(join(folder(), 'saved.mjs'), transpileModule(source, { compilerOptions }).outputText);
  const script = join(folder(), 'writer.mjs');
  writeFileSync(
    script,
    `import { nodeSavedText } from './saved.mjs';
     const [path, letter] = process.argv.slice(2);
     for (let round = 0; round < 100; round++) await nodeSavedText(path).write(letter.repeat(20_000 + round));`,
  );
  const cache = place();
  await nodeSavedText(cache).write('a'.repeat(20_000));
  const writers = 'abcdefgh'.split('').map((letter) => fork(script, [cache, letter]));
  let running = writers.length;
  const ends = Promise.all(writers.map((writer) => once(writer, 'exit').finally(() => running--)));
  let seen = 0;
  while (running > 0) {
    const text = (await nodeSavedText(cache).read()) ?? '';
    expect(text).toMatch(/^(.)\1{19999,}$/);
    seen++;
    await new Promise((next) => void setImmediate(next));
  }
  expect((await ends).map(([code]) => code as unknown)).toEqual(writers.map(() => 0));
  expect(seen).toBeGreaterThan(10);
  expect(readdirSync(folder()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 60_000);
