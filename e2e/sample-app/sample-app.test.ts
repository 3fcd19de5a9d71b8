import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@halyard/testkit';

jest.setTimeout(60_000);

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'halyard-sample-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function started(...args: readonly string[]): { output: () => string; ended: Promise<number | null> } {
  let output = '';
  const program = path.join(__dirname, 'sample-app.mjs');
  const app = spawn(process.execPath, ['--unhandled-rejections=strict', program, ...args]);
  child = app;
  for (const stream of [app.stdout, app.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { output: () => output, ended: new Promise((resolve) => app.on('close', resolve)) };
}

/** The parts of a report, by title. */
function partsOf(output: string): ReadonlyMap<string, string> {
  const [, ...parts] = output.split(/^--- /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
}

/** The share of users that get an answer, in percent. */
function share(part: string | undefined, key: string, answer: string): number {
  const line = part?.split('\n').find((candidate) => candidate.startsWith(`${key} `));
  return Number(new RegExp(` ${answer} ([0-9.]+) %`).exec(line ?? '')?.[1] ?? 'NaN');
}

test('the report shows shares, lists, groups, nested features and the kill switch, and ends by itself', async () => {
  const { output, ended } = started('--once');
  expect(await ended).toBe(0);
  expect(output()).toMatch(/^flags from file rulesets\.yaml\n/);
  const parts = partsOf(output());
  const production = parts.get('production: shares of the users');
  const beta = parts.get('beta: certain users');
  const experiment = parts.get('experiment: groups of a test');
  const killed = parts.get('production, the kill switch is on');

  // 25 %, half of these, a fifth of these
  expect(Math.abs(share(production, 'recommendations', 'true') - 25)).toBeLessThan(2);
  expect(Math.abs(share(production, 'reasons', 'true') - 12.5)).toBeLessThan(2);
  expect(Math.abs(share(production, 'one-click', 'true') - 2.5)).toBeLessThan(1);
  expect(share(production, 'night-colours', 'false')).toBe(100);

  expect(beta).toMatch(
    /^ada +welcome \+ bestsellers \+ recommendations \+ one-click order +TARGETING_MATCH on whitelist$/m,
  );
  expect(beta).toMatch(/^finn .*recommendations with reasons +TARGETING_MATCH on target_attributes$/m);
  expect(beta).toMatch(/^mallory +welcome \+ bestsellers +TARGETING_MATCH baseline blacklist$/m);
  expect(beta).toMatch(/^4711 .*TARGETING_MATCH on whitelist$/m);

  expect(Math.abs(share(experiment, 'recommendations', 'none') - 50)).toBeLessThan(2);
  expect(Math.abs(share(experiment, 'recommendations', 'few') - 25)).toBeLessThan(2);

  expect(killed?.match(/ welcome \+ bestsellers +DISABLED baseline$/gm)).toHaveLength(5);
  expect(killed).toContain('baseline: {"banner":"welcome"}');
  const again = parts.get('production, the kill switch is off again') ?? '';
  expect(again).not.toBe('');
  expect(production?.startsWith(again.trimEnd())).toBe(true);
});

test('without its file it serves the built-in baselines', async () => {
  const { output, ended } = started('--once', path.join(folder, 'missing.yaml'));
  expect(await ended).toBe(0);
  expect(output()).toMatch(/^flags from bootstrap definitions\n/);
  expect(output().match(/ welcome \+ bestsellers +DEFAULT baseline$/gm)).toHaveLength(5);
});

test('it follows its file until it is interrupted', async () => {
  const file = path.join(folder, 'rulesets.yaml');
  copyFileSync(path.join(__dirname, 'rulesets.yaml'), file);
  const { output, ended } = started(file);
  await eventually('the report is there', () => output().includes('Now edit'));
  writeFileSync(file, readFileSync(file, 'utf8').replace('summer sale', 'autumn sale'));
  await eventually('the edit is shown', () =>
    /changed: banner\n\n--- production\n(.+autumn sale.+\n){5}/.test(output()),
  );
  child?.kill('SIGINT');
  expect(await ended).toBe(0);
});
