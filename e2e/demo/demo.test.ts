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
  const demo = spawn(process.execPath, ['--unhandled-rejections=strict', path.join(__dirname, 'demo.mjs'), ...args]);
  child = demo;
  for (const stream of [demo.stdout, demo.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { output: () => output, ended: new Promise((resolve) => demo.on('exit', resolve)) };
}

test('the tour shows a flip, an outage and the recovery, and ends by itself', async () => {
  const { output, ended } = startDemo('--once');
  expect(await ended).toBe(0);
  const pictures = output().split(/^--- (?=\d\.)/m);
  const banner = (index: number): string => /^ *banner +blaise +.*$/m.exec(pictures[index] ?? '')?.[0] ?? '';
  expect(pictures).toHaveLength(6);
  expect(banner(1)).toMatch(
    /"Everything must go!" \(TARGETING_MATCH\) +"Everything must go!" \(TARGETING_MATCH\) +same$/,
  );
  expect(banner(2)).toMatch(/"Last day!" \(\w+\) +"Last day!" \(TARGETING_MATCH\) +same$/);
  expect(pictures[2]).toMatch(/page-size +ada +10 \(CACHED\)/);
  expect(pictures[3]).toContain('relay: dead');
  expect(banner(3)).toMatch(/"Last day!" \(STALE\) +"Last day!" \(TARGETING_MATCH\) +same$/);
  expect(banner(4)).toMatch(/"Last day!" \(STALE\) +"Sold out\." \(TARGETING_MATCH\) +differs$/);
  expect(banner(5)).toMatch(/"Sold out\." \(\w+\) +"Sold out\." \(TARGETING_MATCH\) +same$/);
  expect(pictures[5]).toMatch(/relay: up +<===> RemoteProvider: ready/);
}, 120_000);

test('a file of your own is followed by both providers, and its faults are shown', async () => {
  const file = path.join(folder, 'flags.yaml');
  copyFileSync(path.join(__dirname, 'flags.yaml'), file);
  const { output, ended } = startDemo(file);
  await eventually('the first answers are shown', () => output().includes('Now edit'));
  writeFileSync(file, readFileSync(file, 'utf8').replace('Everything must go!', 'Last day!'));
  await eventually('the edit is shown', () => output().includes('local: banner changed'));
  await eventually('the edit arrives by the relay', () => output().includes('remote: banner changed'));
  await eventually('both have it', () => /"Last day!".*"Last day!".*same/.test(output()));
  writeFileSync(file, 'banner: {');
  await eventually('the fault is shown', () => output().includes('the flags in force stay'));
  child?.kill('SIGINT');
  expect(await ended).toBe(0);
}, 120_000);
