import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { SavedText } from '../../ports/saved-text.ts';

/** The largest file that is read, in bytes. */
const LARGEST_BYTES = 256 * 1024 * 1024;
const ONLY_THE_OWNER = 0o600;
/** No write takes that long: what is older was left by a process that is gone, in milliseconds. */
const LEFT_AFTER_MS = 3_600_000;
// a link could lead to anybody's file, and a pipe would block; Windows has neither constant
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = constants;
const NO_LINK = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

async function read(path: string): Promise<string | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error('it is not a regular file');
    if (process.getuid !== undefined && stats.uid !== process.getuid()) throw new Error('it belongs to another user');
    if (stats.size > LARGEST_BYTES) throw new Error(`it is larger than ${LARGEST_BYTES} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, O_RDONLY | NO_LINK | NO_WAIT);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'ELOOP') throw new Error('it is a symbolic link, which is not followed', { cause: error });
    throw error;
  }
}

/**
 * Makes sure that what is renamed over is a file of this user: not a device, not a link, not what somebody else keeps.
 */
async function checkReplaceable(path: string): Promise<void> {
  const there = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (!there.isFile()) throw new Error('what is there is not a regular file, and is left alone');
  if (process.getuid !== undefined && there.uid !== process.getuid()) throw new Error('it belongs to another user');
}

/** Written beside, with a name of its own, and renamed: other processes see the old text or the new one. */
async function write(path: string, text: string): Promise<void> {
  await checkReplaceable(path);
  const beside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(beside, O_WRONLY | O_CREAT | O_EXCL | NO_LINK, ONLY_THE_OWNER);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes what processes left that were killed while they wrote; others may be writing right now. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  for (const other of await readdir(folder).catch(() => [])) {
    const isOurs = other.startsWith(`${name}.`) && /^\.\d+\.[0-9a-f]{12}\.tmp$/.test(other.slice(name.length));
    if (!isOurs) continue;
    const leftover = join(folder, other);
    const { mtimeMs } = await lstat(leftover).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > LEFT_AFTER_MS) await rm(leftover, { force: true }).catch(() => undefined);
  }
}

/** So that the new name is still there after a power cut. Not every file system can. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // the content is safe, only its name may be the old one
  }
}

/** A file that only its owner may read, in a folder that is there already. */
export function nodeSavedText(path: string): SavedText {
  const absolute = resolve(path);
  let leftovers: Promise<void> | undefined;
  return {
    place: path,
    read: () => read(absolute),
    async write(text) {
      await (leftovers ??= removeLeftovers(absolute));
      await write(absolute, text);
    },
  };
}
