import { isAccepted, matches } from './query-answers.ts';

/** The table of goff-evaluation §10.4: what a query outside the grammar means. */
test.each([
  ['a eq 1 AND b eq 2', 'a eq 1'],
  ['a eq 1 OR b eq 2', 'a eq 1'],
  ['a eq 1 && b eq 2', 'a eq 1'],
  ['a eq 1 , b eq 2', 'a eq 1'],
  ['a eq 1 garbage', 'a eq 1'],
  ['a eq 1)', 'a eq 1'],
  ['(a eq 1', 'a eq 1'],
  ['not (a eq 1 and b eq 2', 'not (a eq 1 and b eq 2)'],
  [')a eq 1', 'a eq 1'],
  ['.a eq 1', 'a eq 1'],
  ['and a eq 1', 'a eq 1'],
  ['not a eq 1 and b eq 2', 'not (a eq 1 and b eq 2)'],
  ['a eq  1', 'a eq 1'],
  ['a ==1', 'a eq 1'],
  ['a eq 1  and b eq 2', 'a eq 1'],
  ['a eq 1 and  b eq 2', 'a eq 1 and b eq 2'],
  ['a eq 1 and(b eq 2)', 'a eq 1 and b eq 2'],
  ['a eq 1,5', 'a eq 1'],
  ['a eq 01', 'a eq 0'],
  ['a eq 5e1', 'a eq 5'],
  ['_a eq 1', 'a eq 1'],
  ['a eq +1', 'a eq 1'],
  ['a eq 1\r', 'a eq 1'],
])('reads %j as %j', (query, meaning) => {
  expect(isAccepted(query)).toBe(true);
  for (const a of [0, 1, 2, 5]) {
    for (const b of [0, 1, 2]) expect(matches(query, { a, b })).toBe(matches(meaning, { a, b }));
  }
});

test.each([
  'a  eq 1',
  'a Eq 1',
  'a PR',
  'a eq   1',
  'a in [ "x"]',
  'a in []',
  'a in [-1,2]',
  'a in [1,2.0]',
  'a eq x',
  "a eq 'x'",
  'a eq TRUE',
  'a eq',
  'a eq 5e+1',
  'a eq - 5',
  'a eq --5',
  'a eq 9223372036854775808',
  'in eq 1',
  'a.in eq 1',
])('refuses %j, which matches nobody', (query) => {
  expect(isAccepted(query)).toBe(false);
  for (const a of [1, 2, -5, 50, 'x', true]) expect(matches(query, { a })).toBe(false);
});

test.each(['a eq 1 and', 'a eq 1 and b', 'a eq 1 and b  eq 2'])('accepts %j, which matches nobody', (query) => {
  expect(isAccepted(query)).toBe(true);
  expect(matches(query, { a: 1, b: 2 })).toBe(false);
});

test('keeps what it has of a list that is cut short', () => {
  expect(matches('a in ["x" ,"y"]', { a: 'x' })).toBe(true);
  expect(matches('a in ["x" ,"y"]', { a: 'y' })).toBe(false);
  expect(matches('a in ["x","y" ]', { a: 'y' })).toBe(true);
  expect(matches('a in ["x","y"', { a: 'y' })).toBe(true);
});

test('negates by a "not" that it dropped from a parenthesis', () => {
  expect(matches('(a eq 1 not)', { a: 1 })).toBe(false);
  expect(matches('(a eq 1 not)', { a: 2 })).toBe(true);
});

test('joins the digits of an integer across a skipped character', () => {
  expect(matches('a eq -&5', { a: -5 })).toBe(true);
});
