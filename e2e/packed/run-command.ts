import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const onWindows = process.platform === 'win32';

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs a command to its end and answers with what it wrote. Where it fails, the error carries all of its output. */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { cwd, env = {}, timeoutMs = 240_000 } = options;
  try {
    const { stdout } = await execute(command, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: timeoutMs,
      maxBuffer: 64 * 1_024 * 1_024,
      shell: onWindows && command !== process.execPath,
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`, { cause: error });
  }
}
