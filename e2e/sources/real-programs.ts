// Servers that come with the system, and what to do where they are absent.
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps PostgreSQL's programs out of the path, by version. */
const besidesThePath = ['/usr/lib/postgresql'].flatMap((folder) => {
  try {
    return readdirSync(folder).map((version) => join(folder, version, 'bin'));
  } catch {
    return [];
  }
});

/** Where a program is; undefined if it is not there. */
export function programAt(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...besidesThePath];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A suite against a real server: skipped by name where its program is absent, a failure where it must be there. */
export function describeWithPrograms(
  name: string,
  programs: Readonly<Record<string, string | undefined>>,
  suite: () => void,
): void {
  const missing = Object.keys(programs).filter((program) => programs[program] === undefined);
  if (missing.length === 0) return describe(name, suite);
  if (process.env['CI'] === undefined)
    return test.skip(`${name} (needs ${missing.join(', ')}: npm run parts)`, () => undefined);
  describe(name, () => {
    test('the programs are there', () => {
      throw new Error(`not installed: ${missing.join(', ')}; npm run parts`);
    });
  });
}

/** Ends a process that was started here, and waits for its end. */
export async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}
