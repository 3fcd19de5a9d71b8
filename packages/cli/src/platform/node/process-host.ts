import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addAbortSignal } from 'node:stream';
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
 * An output that cannot be written asks it to stop too, and makes the exit code 2.
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
  const outputs = watchOutputs(stop);
  const version = versionOf(realpathSync(argv[1] ?? '.'));
  const host: Host = {
    stdout,
    stderr,
    // not even looked at unless it is read
    get stdin() {
      return addAbortSignal(stopping.signal, process.stdin);
    },
    env,
    signal: stopping.signal,
    version,
  };
  const code = await run(argv.slice(2), host);
  // an output may fail before or after this
  if (!outputs.haveFailed()) process.exitCode = code;
  stop();
}

/** Says once that an output cannot be written, and makes it the exit code. */
function watchOutputs(stop: () => void): { haveFailed(): boolean } {
  let haveFailed = false;
  const { stdout, stderr } = process;
  for (const output of [stdout, stderr]) {
    output.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      stop();
      // nobody reads any more, as after `halyard lint … | head`: there is nothing left to do
      if (code === 'EPIPE' || haveFailed) return;
      haveFailed = true;
      process.exitCode = 2;
      if (output === stdout)
        stderr.write(`halyard: the output cannot be written: ${message.replace(/, write$/, '')}\n`);
    });
  }
  return { haveFailed: () => haveFailed };
}
