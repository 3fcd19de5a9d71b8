// All static checks, then all tests. Stops at the first failure; with --to-the-end brings the real parts that tests
// need first, goes on after failures, and counts at the end.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './ready.mjs';
import { realParts } from './real-parts.mjs';
import { staticChecks } from './static-checks.mjs';

const toTheEnd = process.argv.includes('--to-the-end');
const steps = toTheEnd ? [...realParts, ...staticChecks] : staticChecks;

function passes({ name, command: [file, args] }) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}${error?.message ?? ''}`.trimEnd());
  return status === 0;
}

function checkStatically() {
  let passed = 0;
  for (const step of steps) {
    if (passes(step)) passed++;
    else if (!toTheEnd) process.exit(1);
  }
  return { passed, failed: steps.length - passed };
}

/** Runs the tests with what they print passed on as it comes, and reads their counts off their last line. */
function runTests() {
  return new Promise((resolve) => {
    const child = spawn('npm', ['test', '--silent'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('close', (code) => {
      const [, passed = 0, failed = 1] = /(\d+) passed, (\d+) failed.*\s*$/.exec(output) ?? [];
      resolve({ passed: Number(passed), failed: code === 0 ? 0 : Math.max(Number(failed), 1) });
    });
  });
}

const checks = checkStatically();
const tests = await runTests();
const failed = checks.failed + tests.failed;
if (toTheEnd) console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
