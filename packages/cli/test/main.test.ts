import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import nodePath from 'node:path';
import { text } from 'node:stream/consumers';
import { flagFolder } from './flag-folder.ts';

const { write } = flagFolder();

const command = nodePath.join(__dirname, '../dist/esm/main.js');
const good = 'good: { variations: { on: true }, defaultRule: { variation: on } }\n';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as it is installed, in a process of its own. */
async function ran(args: readonly string[], { stdin = '', stdout = 'pipe' as 'pipe' | number } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['pipe', stdout, 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin?.on('error', () => undefined).end(stdin);
  const [out, err] = await Promise.all([child.stdout === null ? '' : text(child.stdout), text(child.stderr!)]);
  return { code: await ended, out, err };
}

const notWritten = 'halyard: the output cannot be written: ENOSPC: no space left on device\n';

test('an output that cannot be written is told in one line, and is exit code 2', async () => {
  const file = write('flags.yaml', good);
  const commands = [
    ['lint', file],
    ['types', file],
    ['serve', file, '--port', '0'],
  ];
  // a device that is always full, where the system has one
  const [device] = ['/dev/full'].filter((path) => existsSync(path));
  for (const args of device === undefined ? [] : commands) {
    const stdout = openSync(device as string, 'w');
    expect(await ran(args, { stdout })).toEqual({ code: 2, out: '', err: notWritten });
    closeSync(stdout);
  }
}, 30_000);

test('an output that nobody reads any more is no fault', async () => {
  const flags = Array.from({ length: 20_000 }, (_, index) => `f${index}: { variations: { a: 1 } }\n`);
  const child = spawn(process.execPath, [command, 'lint', write('flags.yaml', flags.join(''))]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdout.destroy();
  expect({ err: await text(child.stderr), code: await ended }).toEqual({ err: '', code: 1 });
}, 30_000);

test('standard input is read where a file is called -', async () => {
  expect(await ran(['lint', '-'], { stdin: good })).toEqual({
    code: 0,
    out: '1 flag in 1 file: 0 errors, 0 warnings\n',
    err: '',
  });
}, 30_000);
