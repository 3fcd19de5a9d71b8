import { compileQuery } from '../../../../src/dialects/goff/query/compile-query.ts';
import { EnrichedAttributes } from '../../../../src/dialects/goff/enriched-attributes.ts';
import { explainQuery, isAcceptedQuery } from '../../../../src/dialects/goff/query/evaluate-query.ts';
import { parseQuery } from '../../../../src/dialects/goff/query/parse-query.ts';

const attributes = new EnrichedAttributes({});
const context = { a: 1, b: 2 };

const many = (count: number, part: string, separator = ''): string => Array<string>(count).fill(part).join(separator);

function answer(query: string): boolean {
  const parsed = parseQuery(query);
  const { matched } = explainQuery(parsed, attributes, context);
  isAcceptedQuery(parsed);
  expect(compileQuery(parsed, attributes)(context)).toBe(matched);
  return matched;
}

test.each([
  ['100,000 brackets', `${many(100_000, '(')}a eq 1${many(100_000, ')')}`, true],
  ['100,000 brackets that stay open', `${many(100_000, '(')}a eq 1`, true],
  ['100,000 brackets around nothing', many(100_000, '('), false],
  ['100,001 negations', `${many(100_001, 'not (')}a eq 1${many(100_001, ')')}`, false],
  ['100,000 negations without parentheses', many(100_000, 'not '), false],
  ['nesting that cannot be flattened', `${many(10_000, 'a eq 1 and (b eq 1 or (')}a eq 1${many(10_000, '))')}`, true],
  ['nested negations', `${many(10_000, 'not (a eq 2 or not (b eq 2 and ')}a eq 1${many(10_000, '))')}`, true],
  ['a list of 100,000 items', `a in [${many(100_000, '1', ',')}]`, true],
  ['a list of 100,000 items that break off', `a in [${many(100_000, '1', ' ,')}]`, true],
  ['100,000 conditions', many(100_000, 'a eq 1', ' and '), true],
  ['30,000 other conditions', `${many(29_999, 'a eq 2', ' or ')} or a eq 1`, true],
  ['20,000 dotted conditions', many(20_000, 'a.b eq 1', ' or '), false],
  ['a path of 50,000 segments', `${many(50_000, 'a', '.')} eq 1`, false],
  ['a path of 50,000 segments to nowhere', many(50_000, 'a', '.'), false],
  ['a string of 1 MB without end', `a eq "${many(1_000_000, 'x')}`, false],
  ['1 MB of characters to skip', `a eq 1${many(1_000_000, '&')}`, true],
  ['1 MB of broken strings', many(300_000, '"\\x'), false],
  ['1 MB of minus signs', `a eq ${many(1_000_000, '-')}`, false],
  ['a number of 1,000,000 digits', `a eq ${many(1_000_000, '1')}`, false],
  ['a version with 1,000,000 zeros', `a eq 1.2.3-${many(1_000_000, '0')}`, false],
  ['100,000 operators', many(100_000, ' and '), false],
  ['100,000 damaged parentheses', many(100_000, '(a eq 1 x '), true],
])('ends with %s', (_name, query, matched) => {
  const before = performance.now();
  expect(answer(query)).toBe(matched);
  // generous: half a second is the worst on a busy machine, quadratic time would be minutes
  expect(performance.now() - before).toBeLessThan(5_000);
});
