import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { WriteFile } from '../../ports/files.ts';

/** Writes beside the file and renames, which replaces it in one step. What a link points to is written, not the link. */
export const writeWhole: WriteFile = async (path, text) => {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return 'unchanged';
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined && !there.isFile()) throw new Error('it is not a regular file');
  const mode = there?.mode;
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx', ...(mode !== undefined && { mode: mode & 0o777 }) });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return 'written';
};
