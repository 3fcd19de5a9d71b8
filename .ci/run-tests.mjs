// Runs every test of the repository in one Jest run. Arguments go to Jest. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './ready.mjs';

/** A skipped test says with "(needs <part>)" in its title which real part it could not find. */
const NEEDED_PART = /\(needs ([^()]+)\)/;

function runJest(resultFile) {
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--config', '.ci/jest.config.cjs', '--json', '--outputFile', resultFile];
  // Jest writes its JSON to standard output too; its report for people goes to standard error.
  const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return status ?? 1;
}

function readResults(resultFile) {
  try {
    return JSON.parse(readFileSync(resultFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function absentParts(results) {
  const skipped = new Map();
  for (const { assertionResults } of results.testResults) {
    for (const { status, fullName } of assertionResults) {
      const part = status === 'pending' ? NEEDED_PART.exec(fullName)?.[1] : undefined;
      if (part !== undefined) skipped.set(part, (skipped.get(part) ?? 0) + 1);
    }
  }
  return [...skipped].map(([part, count]) => `not there: ${part} (${count} skipped)`);
}

function lastLine(results) {
  const skipped = results.numPendingTests + results.numTodoTests;
  // A test file that could not run at all has no tests to count, but it failed.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'halyard-tests-'));
try {
  const resultFile = path.join(folder, 'results.json');
  const status = runJest(resultFile);
  const results = readResults(resultFile);
  for (const line of results === undefined ? [] : absentParts(results)) console.log(line);
  console.log(results === undefined ? '0 passed, 1 failed' : lastLine(results));
  process.exitCode = status;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
