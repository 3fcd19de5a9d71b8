// node .ci/run-ready.mjs <task> [arguments]: what the scripts of the root package run, on a machine with only Node and npm.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { makeReady, root } from './ready.mjs';
import { turbo } from './turbo.mjs';

const script = (file, ...given) => ({ command: process.execPath, args: [file, ...given] });
const tool = (name, ...given) => ({ command: path.join(root, 'node_modules', '.bin', name), args: given });
const built = (step) => {
  turbo('build');
  return step;
};

const tasks = {
  demo: () => built(script('e2e/demo/demo.mjs')),
  bench: () => built(script('e2e/bench/run.mjs')),
  build: () => built(undefined),
  parts: () => script('.ci/parts.mjs'),
  test: () => built(script('.ci/run-tests.mjs')),
  check: () => script('.ci/check.mjs'),
  ci: () => script('.ci/check.mjs', '--to-the-end'),
  format: () => tool('prettier', '--write', '.'),
  changeset: () => tool('changeset'),
  'api:update': () => built(script('.ci/api-report.mjs', '--update', '--all')),
};

/** Makes the child end when this process is asked to, or left alone. */
function passSignalsTo(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the child from the terminal itself; told twice, it would not end in its own order.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  // npm tells only the shell between itself and this process, which dies of it without passing it on.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
}

/** Runs the step in the place of this process: its terminal, its signals, its end. */
function become({ command, args }) {
  const child = spawn(command, [...args, ...process.argv.slice(3)], { cwd: root, stdio: 'inherit' });
  passSignalsTo(child);
  child.on('error', (error) => {
    console.error(`cannot start ${command}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

const task = tasks[process.argv[2] ?? ''];
if (task === undefined) {
  console.error(`usage: node .ci/run-ready.mjs ${Object.keys(tasks).join('|')} [arguments]`);
  process.exitCode = 2;
} else {
  makeReady();
  const step = task();
  if (step !== undefined) become(step);
}
