import { createHash } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { FileContent, Files } from '../../ports/files.ts';

/** The largest flag file that is read. */
const LARGEST_BYTES = 256 * 1024 * 1024;

async function read(path: string, signal: AbortSignal): Promise<FileContent> {
  // a pipe or a device would block, or never end
  if (!(await stat(path)).isFile()) throw new Error('it is not a regular file');
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > LARGEST_BYTES) throw new Error(`the file is larger than ${LARGEST_BYTES} bytes`);
    const bytes = await file.readFile({ signal });
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, fingerprint: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) };
  } finally {
    await file.close();
  }
}

function watchFolderOf(path: string, onChange: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  let watcher: FSWatcher;
  try {
    watcher = watch(dirname(resolve(path)), { persistent: false }, onChange);
  } catch {
    return; // no such folder yet, or no watches left: polling goes on
  }
  const close = (): void => watcher.close();
  watcher.on('error', close);
  watcher.on('close', () => signal.removeEventListener('abort', close));
  signal.addEventListener('abort', close, { once: true });
}

/** The file system of Node. */
export const nodeFiles: Files = {
  read,
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  watchFolderOf,
  absolute: (path) => resolve(path),
};
