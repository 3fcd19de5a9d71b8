// Packs the package in the current folder and lints what would be published: publint, and how its types resolve.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './ready.mjs';

/** Runs a command to its end; what it wrote is shown only if it fails. */
function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return stdout;
  process.stderr.write(`${stdout}${stderr}`);
  process.exitCode = 1;
  return undefined;
}

const tool = (name) => path.join(root, 'node_modules', '.bin', name);
const folder = mkdtempSync(path.join(tmpdir(), 'halyard-pack-'));
try {
  const report = run('pnpm', 'pack', '--json', '--pack-destination', folder);
  if (report !== undefined) {
    const tarball = path.resolve(folder, JSON.parse(report).filename);
    run(tool('publint'), 'run', tarball, '--strict');
    run(tool('attw'), tarball, '--profile', 'node16', '--format', 'ascii', '--no-emoji');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
