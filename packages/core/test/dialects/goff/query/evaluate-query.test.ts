import { explain, isAccepted } from './query-answers.ts';

const outcomes = (query: string, context: object): string[] =>
  explain(query, context).conditions.map(({ text, outcome }) => `${text}: ${outcome}`);

test('tells what became of each condition', () => {
  expect(outcomes('a eq 1 or b eq 2 and (c pr)', { a: 1 })).toEqual([
    'a eq 1: matched',
    'b eq 2: not reached',
    'c pr: did not match',
  ]);
  expect(outcomes('not (a eq 1)', { a: 1 })).toEqual(['a eq 1: matched']);
});

test('tells which condition made the whole query false', () => {
  expect(explain('a eq 2 or b co 5 or c eq 1', { a: 1, c: 1 })).toEqual({
    matched: false,
    error: true,
    conditions: [
      { text: 'a eq 2', offset: 0, outcome: 'did not match' },
      { text: 'b co 5', offset: 10, outcome: 'error' },
      { text: 'c eq 1', offset: 20, outcome: 'not reached' },
    ],
  });
  expect(explain('a.b eq 1', { a: 'text' }).error).toBe(true);
});

test('accepts a query whose error hides behind a condition that does not hold for nobody', () => {
  expect(isAccepted('x eq 1 and a co 5')).toBe(true);
  expect(isAccepted('x eq 1 or a co 5')).toBe(false);
  expect(isAccepted('not (x eq 1) and a co 5')).toBe(false);
});

test('accepts paths into nothing', () => {
  expect(isAccepted('a.b.c eq 1')).toBe(true);
});
