// Builds the package in the current folder twice: ES modules into dist/esm, CommonJS into dist/cjs, types with both.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compile = (...options) =>
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], { stdio: 'inherit' });

rmSync('dist', { recursive: true, force: true });
compile('--outDir', 'dist/esm');
compile('--outDir', 'dist/cjs', '--module', 'CommonJS', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false');
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
