import { FlagEntry } from '../../../src/engine/flag-entry.ts';
import { FlagSet } from '../../../src/engine/flag-set.ts';
import { goffDialect } from '../../../src/dialects/goff/goff-dialect.ts';
import { instantOfMillis } from '../../../src/time/instant.ts';

const definition = {
  variations: { yes: true, no: false },
  targeting: [{ query: 'level in [1, 2]', variation: 'yes' }],
  defaultRule: { variation: 'no' },
};

function answer(enrichment: Record<string, unknown>, enrichmentHasIntegers?: boolean): unknown {
  const surroundings = { enrichment, now: () => instantOfMillis(0) };
  const dialect = goffDialect({
    ...surroundings,
    ...(enrichmentHasIntegers !== undefined && { enrichmentHasIntegers }),
  });
  const entry = new FlagEntry('f', { definition, naming: 'exact' }, dialect);
  return new FlagSet('1', new Map([['f', entry]]), dialect).evaluate('f', { level: 2 }).resolution.value;
}

test('whole numbers of the caller are integers, those of the enrichment only where it says so', () => {
  expect(answer({})).toBe(true);
  expect(answer({ level: 1 })).toBe(false);
  expect(answer({ level: 1 }, true)).toBe(true);
  expect(answer({ level: 1.5 }, true)).toBe(false);
});
