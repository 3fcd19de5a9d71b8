import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@halyard/testkit';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'halyard-demo-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function startDemo(...args: readonly string[]): { output: () => string; ended: Promise<number | null> } {
  let output = '';
  const demo = spawn(process.execPath, [path.join(__dirname, 'demo.mjs'), ...args]);
  child = demo;
  for (const stream of [demo.stdout, demo.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { output: () => output, ended: new Promise((resolve) => demo.on('exit', resolve)) };
}

test('the demo shows answers, and new ones when its file is edited', async () => {
  const file = path.join(folder, 'flags.yaml');
  copyFileSync(path.join(__dirname, 'flags.yaml'), file);
  const { output, ended } = startDemo(file);
  await eventually('the first answers are shown', () => output().includes('Now edit'));
  expect(output()).toMatch(/banner +"" \(DEFAULT\) +"Everything must go!" \(TARGETING_MATCH\)/);
  writeFileSync(file, readFileSync(file, 'utf8').replace('Everything must go!', 'Last day!'));
  await eventually('the edit is shown', () => output().includes('Changed: banner') && output().includes('"Last day!"'));
  writeFileSync(file, 'banner: {');
  await eventually('the fault is shown', () => output().includes('the flags in force stay'));
  child?.kill('SIGINT');
  expect(await ended).toBe(0);
}, 60_000);

test('with --once the demo ends by itself', async () => {
  const { output, ended } = startDemo('--once');
  expect(await ended).toBe(0);
  expect(output()).toContain('new-checkout');
}, 60_000);
