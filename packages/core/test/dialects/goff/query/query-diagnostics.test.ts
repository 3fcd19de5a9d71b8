import { parseQuery } from '../../../../src/dialects/goff/query/parse-query.ts';

const remarksOn = (query: string): string[] =>
  parseQuery(query).diagnostics.map(({ code, offset, length }) => `${code} ${query.slice(offset, offset + length)}`);

test.each([
  ['a eq 1 AND b eq 2', ['query-upper-case-word AND']],
  ['(a eq 1 OR b eq 2)', ['query-upper-case-word OR']],
  ['a eq 1 && b', ['query-symbol-operator &&', 'query-trailing-text && b']],
  ['a eq 1 garbage', ['query-trailing-text garbage']],
  ['a eq 1  and b eq 2', ['query-trailing-text and b eq 2']],
  ['a eq 1)', ['query-trailing-text )']],
  ['(a eq 1', ['query-supplied-parenthesis ']],
  ['not a eq 1 and b eq 2', ['query-not-without-parentheses not ']],
  ['.a eq 1', ['query-ignored-text .']],
  ['a eq  1', ['query-ignored-text  ']],
  ['a ==1', ['query-supplied-space ']],
  ['a eq 1 and(b eq 2)', ['query-supplied-space ']],
  ['_a eq 1', ['query-skipped-characters _']],
  ["a eq 'x'", ["query-unreadable a eq 'x", "query-skipped-characters '", "query-skipped-characters '"]],
  ['a eq "x', ['query-unreadable a eq ', 'query-unterminated-string "x']],
  ['a eq "\\x1', ['query-skipped-characters "\\x']],
  ['a in ["x" ,"y"]', ['query-lost-list-items "x"', 'query-trailing-text ,"y"]']],
  ['a in [1,"x"]', ['query-damaged-literal a in [1,"x"]', 'query-lost-list-items "x"]']],
  ['a in []', ['query-damaged-literal a in []']],
  ['a eq 1,5 and b', ['query-damaged-literal 1,5']],
  ['a eq 2020-01-01', ['query-damaged-literal 2020-01-01']],
  ['a eq 5e+1', ['query-damaged-literal a eq 5e+1']],
  ['a co 5', ['query-impossible-operator a co 5']],
  ['a in "x"', ['query-never-matches a in "x"']],
  ['a eq 1.0e999', ['query-never-matches a eq 1.0e999']],
  ['a  eq 1', ['query-unreadable a  eq 1']],
  ['a eq 1 or', ['query-unreadable ']],
])('tells about %j', (query, remarks) => {
  expect(remarksOn(query)).toEqual(remarks);
});

test.each([
  'a eq 1',
  'a pr and not (b co "x" or c.d in [1, 2])',
  'a eq 1 ',
  '( a eq 1 )',
  'v ge 1.2.3-rc.1',
  'a eq null',
])('has nothing to say about %j', (query) => {
  expect(remarksOn(query)).toEqual([]);
});

test('names the right word', () => {
  expect(parseQuery('a eq 1 Or b eq 2').diagnostics[0]?.message).toContain('write "or"');
  expect(parseQuery('a eq 1 && b eq 2').diagnostics[0]?.message).toContain('write "and"');
  expect(parseQuery('a eq 2020-01-01').diagnostics[0]?.message).toContain('A date is a text');
  expect(parseQuery('a = 1').diagnostics[1]?.message).toContain('"=="');
});

test('stops after a hundred remarks', () => {
  expect(parseQuery('a eq&&1 '.repeat(1_000)).diagnostics.length).toBeLessThanOrEqual(100);
});
