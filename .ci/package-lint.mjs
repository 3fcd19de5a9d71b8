// Packs the package in the current folder and lints what would be published: publint, and how its types resolve.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './ready.mjs';

function run(command, ...args) {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exitCode = 1;
  return status === 0;
}

const tool = (name) => path.join(root, 'node_modules', '.bin', name);
const folder = mkdtempSync(path.join(tmpdir(), 'halyard-pack-'));
try {
  if (run('pnpm', 'pack', '--silent', '--pack-destination', folder)) {
    const tarball = path.join(folder, readdirSync(folder)[0]);
    run(tool('publint'), 'run', tarball, '--strict');
    run(tool('attw'), tarball, '--profile', 'node16', '--format', 'ascii', '--no-emoji');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
