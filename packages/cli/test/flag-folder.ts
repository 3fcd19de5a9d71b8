import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExitCode } from '@halyard/cli';
import { runHalyard } from '@halyard/cli';
import { collectedHost } from './collected-host.ts';

/** What a command did. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for each test of a file, and commands that run with its files. */
export function flagFolder(): {
  path(name: string): string;
  write(name: string, text: string): string;
  read(name: string): string;
  ran(...args: readonly string[]): Promise<Ran>;
} {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'halyard-cli-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const inside = (name: string): string => path.join(folder, name);
  return {
    path: inside,
    write(name, text) {
      writeFileSync(inside(name), text);
      return inside(name);
    },
    read: (name) => readFileSync(inside(name), 'utf8'),
    /** The folder is left out of what was told. */
    async ran(...args) {
      const { host, out, err } = collectedHost();
      const code = await runHalyard(args, host);
      const short = (text: string): string => text.replaceAll(`${folder}${path.sep}`, '');
      return { code, out: short(out()), err: short(err()) };
    },
  };
}
