import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../ports/host.ts';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

/** The version of the package that a script belongs to: of the nearest package.json above it that has one. */
function versionOf(script: string): string {
  for (let folder = dirname(script); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const { version } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
    if (version !== undefined) return version;
    if (folder === dirname(folder)) return 'unknown';
  }
}

/**
 * Runs a program as this process. The first SIGINT or SIGTERM asks it to stop; the second one ends the process at once.
 */
export async function runInProcess(run: (args: readonly string[], host: Host) => Promise<number>): Promise<void> {
  const stopping = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = (): void => {
    for (const signal of signals) process.off(signal, stop);
    stopping.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  const { argv, env, stdout, stderr } = process;
  for (const output of [stdout, stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      // nobody reads any more, as after `halyard lint … | head`: there is nothing left to do
      if (error.code !== 'EPIPE') throw error;
      stop();
    });
  }
  const version = versionOf(realpathSync(argv[1] ?? '.'));
  process.exitCode = await run(argv.slice(2), { stdout, stderr, env, signal: stopping.signal, version });
  stop();
}
