// What is checked beside the tests: each check a name and a command, in the order in which a fault is cheapest to find.
import path from 'node:path';
import { root } from './ready.mjs';
import { turboCommand } from './turbo.mjs';

const tool = (name, ...args) => [path.join(root, 'node_modules', '.bin', name), args];

export const staticChecks = [
  { name: 'format', command: tool('prettier', '--check', '--log-level=warn', '.') },
  { name: 'lint', command: tool('oxlint', '--format=unix') },
  { name: 'knip', command: tool('knip', '--no-progress') },
  { name: 'manifests', command: [process.execPath, ['.ci/check-manifests.mjs']] },
  { name: 'types', command: turboCommand('types') },
  { name: 'build', command: turboCommand('build') },
  { name: 'api', command: turboCommand('api') },
  { name: 'package', command: turboCommand('package') },
  { name: 'size', command: tool('size-limit') },
];
