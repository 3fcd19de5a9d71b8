// Measures Halyard beside floors and peers: each measurement in a process of its own, subjects in rotating order.
//   npm run bench              everything, and writes docs/benchmarks.md
//   npm run bench -- static    the scenarios whose name contains the word; writes nothing
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manyFlags } from './flags.mjs';
import { benchmarkPage, tableOf } from './report.mjs';
import { scenarios } from './scenarios.mjs';
import { median } from './timing.mjs';

const ROUNDS = 7;
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const chosen = scenarios.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const folder = mkdtempSync(join(tmpdir(), 'halyard-bench-'));
const perUnit = { ns: 1, µs: 1_000, us: 1, ms: 1, B: 1 };

function measure(subject, scenario, file) {
  const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const output = execFileSync(process.execPath, ['--expose-gc', script, subject, scenario, file], { encoding: 'utf8' });
  return Number(output.trim().split('\n').at(-1));
}

function run(scenario) {
  const file = join(folder, 'flags.json');
  if (scenario.flags !== undefined) writeFileSync(file, JSON.stringify(manyFlags(scenario.flags)));
  const samples = Object.fromEntries(scenario.subjects.map((subject) => [subject, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < scenario.subjects.length; turn++) {
      const subject = scenario.subjects[(round + turn) % scenario.subjects.length];
      samples[subject].push(measure(subject, scenario.name, file) / perUnit[scenario.unit]);
    }
  }
  const summary = Object.entries(samples).map(([subject, values]) => {
    const spread = (Math.max(...values) - Math.min(...values)) / 2;
    return [subject, { median: median(values), spread }];
  });
  console.error(
    `${scenario.title}: ${summary.map(([subject, { median: value }]) => `${subject} ${value.toFixed(1)}`).join(', ')} ${scenario.unit}`,
  );
  return { scenario, results: Object.fromEntries(summary) };
}

const rows = chosen.map(run);
rmSync(folder, { recursive: true, force: true });
console.log(`\n${tableOf(rows)}\n`);
if (wanted.length === 0) writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), benchmarkPage(rows));
