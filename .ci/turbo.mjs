// Runs tasks of all packages through turbo; quiet unless one fails, which ends this process.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './ready.mjs';

export function turboCommand(...tasks) {
  const binary = path.join(root, 'node_modules', '.bin', 'turbo');
  return [binary, ['run', ...tasks, '--output-logs=errors-only', '--log-prefix=task', '--no-update-notifier']];
}

export function turbo(...tasks) {
  const [command, args] = turboCommand(...tasks);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}
