// Makes a machine with only Node and npm ready to work here: the pinned pnpm on the path, dependencies installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const OLDEST_NODE = 20;
const onWindows = process.platform === 'win32';

/** Runs a command of npm's world in the root of the repository, and answers with what it wrote. */
function capture(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: onWindows });
  return status === 0 ? stdout.trim() : undefined;
}

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
  console.error(
    `Halyard needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(1);
}

/** Puts the pinned pnpm on the path of everything started from here, unless it is there already. */
function providePnpm() {
  if (`pnpm@${capture('pnpm', ['--version'])}` === packageManager) return;
  const searchPath = capture('npx', ['--yes', `--package=${packageManager}`, '--', 'node', '-p', 'process.env.PATH']);
  if (searchPath === undefined) {
    console.error(`Cannot get ${packageManager} through npx; is the npm registry in reach?`);
    process.exit(1);
  }
  process.env.PATH = searchPath;
}

/** Installs what the lockfile says, if that is not what was installed last. */
function installDependencies() {
  const stamp = path.join(root, 'node_modules', '.halyard-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (readIfThere(stamp) === wanted) return;
  const environment = { ...process.env, CI: 'true' }; // without a terminal pnpm replaces an old node_modules only so
  const { status } = spawnSync('pnpm', ['install', '--frozen-lockfile'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 2, 2],
    shell: onWindows,
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

export function makeReady() {
  requireNode();
  process.env.TURBO_TELEMETRY_DISABLED = '1';
  providePnpm();
  installDependencies();
}
