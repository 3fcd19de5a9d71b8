// Builds the package in the current folder twice: ES modules into dist/esm, CommonJS into dist/cjs, types with both.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const commonJs = ['--module', 'CommonJS', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false'];

function compile(...options) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync('dist', { recursive: true, force: true });
compile('--outDir', 'dist/esm');
compile('--outDir', 'dist/cjs', ...commonJs);
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
