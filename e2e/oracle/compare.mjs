// Compares Halyard with a program that answers as GO Feature Flag's relay does, on random flags and contexts:
//   HALYARD_ORACLE=<program> node e2e/oracle/compare.mjs [seed] [rounds]
// The program reads JSON lines and writes one for each: {id, flagKey, flag} → {valid}, {id, context, default} → the answer.
import { spawnSync } from 'node:child_process';
import { FlagEntry, FlagSet, goffDialect, instantOfMillis, resolutionFor } from '@halyard/core';
import { Choices } from './random.mjs';
import { randomContext, randomEnrichment, randomFlag } from './random-flags.mjs';

const program = process.env.HALYARD_ORACLE;
const [seed = 1, rounds = 5] = process.argv.slice(2).map(Number);
const FLAGS_A_ROUND = 10_000;
const CONTEXTS_A_FLAG = 3;
const MOST_SHOWN = 10;

function casesOf(choose) {
  const cases = [];
  for (let index = 0; index < FLAGS_A_ROUND; index++) {
    const enrichment = randomEnrichment(choose);
    const definition = { flagKey: choose.of(['f', 'clé', 'my-flag']), flag: randomFlag(choose) };
    cases.push({ ...definition, enrichment });
    for (let asked = 0; asked < CONTEXTS_A_FLAG; asked++) {
      cases.push({ context: randomContext(choose), default: choose.of(['default', null, false]), enrichment });
    }
  }
  return cases;
}

function ask(cases) {
  const lines = cases.map(({ enrichment, ...line }, id) =>
    JSON.stringify({ id, ...line, evaluationContextEnrichment: enrichment }),
  );
  const { stdout } = spawnSync(program, { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function flagSet({ flagKey, flag, enrichment = {} }) {
  const dialect = goffDialect({ enrichment, now: () => instantOfMillis(Date.now()) });
  const entry = new FlagEntry(flagKey, { definition: flag, naming: 'any-case' }, dialect);
  return {
    flagKey,
    isValid: entry.decision !== undefined,
    set: new FlagSet('1', new Map([[flagKey, entry]]), dialect),
  };
}

const sorted = (object = {}) =>
  Object.fromEntries(Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)));

function ours({ flagKey, set }, { context, default: defaultValue }) {
  const outcome = set.evaluate(flagKey, context);
  const {
    value,
    variant,
    reason,
    errorCode = '',
    errorMessage = '',
    flagMetadata,
  } = resolutionFor(outcome, 'any', defaultValue);
  const { version = '', ...metadata } = flagMetadata;
  return {
    value,
    variant,
    reason,
    errorCode,
    errorMessage,
    cacheable: outcome.cacheable,
    version,
    metadata: sorted(metadata),
  };
}

function theirs({ value, variant, reason, errorCode, errorDetails = '', cacheable, version, metadata }) {
  const code = errorCode === 'FLAG_CONFIG' ? 'GENERAL' : errorCode;
  return {
    value,
    variant,
    reason,
    errorCode: code,
    errorMessage: errorDetails,
    cacheable,
    version,
    metadata: sorted(metadata),
  };
}

function compareRound(cases) {
  const answers = ask(cases);
  const counts = { answers: 0, flags: 0, different: 0 };
  let current;
  const differ = (what, mine, other, item) => {
    if (JSON.stringify(mine) === JSON.stringify(other)) return;
    if (counts.different++ < MOST_SHOWN) console.log(what, JSON.stringify({ mine, other, item, flag: current.flag }));
  };
  cases.forEach((item, index) => {
    const answer = answers[index];
    if ('flag' in item) {
      current = { ...flagSet(item), flag: item.flag };
      counts.flags++;
      if (answer.panic === undefined) differ('validity', current.isValid, answer.valid, item);
    } else if (current.isValid && answer.panic === undefined) {
      counts.answers++;
      differ('answer', ours(current, item), theirs(answer), item);
    }
  });
  return counts;
}

if (program === undefined) {
  console.error('HALYARD_ORACLE names no program to compare with');
  process.exitCode = 2;
} else {
  const total = { answers: 0, flags: 0, different: 0 };
  for (let round = 0; round < rounds; round++) {
    const counts = compareRound(casesOf(new Choices(seed * 1_000 + round)));
    for (const name of Object.keys(total)) total[name] += counts[name];
  }
  console.log(`${total.flags} flags, ${total.answers} answers, ${total.different} differences`);
  process.exitCode = total.different === 0 ? 0 : 1;
}
