// Brings every real part that some tests want to ask; goes on after one that cannot be had.
import { spawnSync } from 'node:child_process';
import { root } from './ready.mjs';
import { realParts } from './real-parts.mjs';

const missing = realParts.filter(
  ({ command: [file, args] }) => spawnSync(file, args, { cwd: root, stdio: 'inherit' }).status !== 0,
);
for (const { name } of missing) console.error(`not there: ${name}`);
if (missing.length > 0) process.exitCode = 1;
