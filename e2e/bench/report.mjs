import { readFileSync } from 'node:fs';

/** Subjects of every kind play the same parts. */
const partOf = (results, part) => Object.entries(results).find(([subject]) => subject.endsWith(part))?.[1];
const byRole = (results) => ({
  floor: partOf(results, 'floor'),
  halyard: partOf(results, 'halyard'),
  peer: results.flagd ?? partOf(results, 'peer'),
});

const number = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
const cell = (result) => (result === undefined ? '–' : `${number(result.median)} ± ${number(result.spread)}`);

function verdict({ scenario, results }) {
  const { floor, halyard } = byRole(results);
  const ratio = floor === undefined || floor.median === 0 ? undefined : halyard.median / floor.median;
  if (scenario.goal !== undefined)
    return [`${ratio.toFixed(2)}×`, `≤ ${scenario.goal}×`, ratio <= scenario.goal ? 'met' : 'missed'];
  if (scenario.limit !== undefined) {
    const goal = `≤ ${scenario.limit} ${scenario.unit}`;
    return [
      ratio === undefined ? '–' : `${ratio.toFixed(2)}×`,
      goal,
      halyard.median <= scenario.limit ? 'met' : 'missed',
    ];
  }
  return [ratio === undefined ? '–' : `${ratio.toFixed(2)}×`, '–', ''];
}

/** The results as a Markdown table. */
export function tableOf(rows) {
  const lines = rows.map((row) => {
    const { scenario, results } = row;
    const { floor, halyard, peer } = byRole(results);
    const cells = [cell(floor), cell(halyard), cell(peer), ...verdict(row)];
    return `| ${scenario.title} (${scenario.unit.replace('us', 'µs')}) | ${cells.join(' | ')} |`;
  });
  return ['| | floor | Halyard | peer | ratio to floor | goal | |', '|---|---|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

const versionOf = (name) => {
  try {
    return JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
  } catch {
    return 'unknown';
  }
};

/** The page that docs/ keeps. */
export function benchmarkPage(rows) {
  const versions = ['@openfeature/server-sdk', '@openfeature/flagd-core', '@openfeature/go-feature-flag-provider'].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  return `# Benchmarks

Made by \`npm run bench\`; do not edit. Node ${process.versions.node}, ${versions.join(', ')}.

Each number is the median of seven processes, with half the range between the fastest and the slowest behind it. The
floor is the least that plain JavaScript needs for the same work: a \`Map\` of frozen answers, conditions written by hand,
\`JSON.parse\` into a \`Map\`, a provider that always answers the same, undici's pool, canonical text and an LRU, the SDK's
own import. The peer is
flagd-core for evaluation in process, GO Feature Flag's provider for remote evaluation. Machines differ: trust the ratios,
not the times.

${tableOf(rows)}

## What the profile says about the goals that are missed

- **Static flag, five rules, direct.** A direct call looks up the flag, checks the context where the flag reads it (about
  a quarter of the five-rule time) and calls one closure for each rule. Closures read attributes by a name they carry, which the
  compiler cannot turn into a fixed offset as it does for code written by hand.
- **First evaluation of each flag.** Nearly all of it is reading: types, validation, compilation, and the garbage
  collector moving what stays. Equal queries are compiled once; what is left is the flag itself, some 10 to 20 µs.
- **Heap per flag.** Of the sum about a fifth is the definition, which reloads are compared with, and the text that inline
  definitions are kept as; the rest is the flag's outcomes, made once and shared, its rules and their closures.
- **Imports.** Node takes a fraction of a millisecond for each file. A provider is one file and a few that it shares with
  others, in each of the packages it is made of; what they hold is compiled when it is used.
- **Small files.** Loading one takes a few milliseconds of fixed cost: opening, hashing and watching the file.
`;
}
