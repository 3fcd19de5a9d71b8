import { compileJsonLogic } from '../../../../src/dialects/goff/json-logic/compile-json-logic.ts';
import { applyJsonLogic } from '../../../../src/dialects/goff/json-logic/evaluate-json-logic.ts';
import { MAX_STEPS, MAX_TEXT_LENGTH } from '../../../../src/dialects/goff/json-logic/json-logic-limits.ts';
import type { JsonLogicRule } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { parseJsonLogic } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { plainAttributes } from './plain-attributes.ts';

const ERROR = { ok: false };
const hundredThousand = Array.from({ length: 100_000 }, (_, index) => index);

/** Wraps a value again and again. */
function nest(times: number, innermost: unknown, wrap: (value: unknown) => unknown): unknown {
  let value = innermost;
  for (let count = 0; count < times; count++) value = wrap(value);
  return value;
}

test('a list of 100,000 elements is searched', () => {
  expect(applyJsonLogic({ in: [99_999, { var: 'list' }] }, { list: hundredThousand })).toEqual({
    ok: true,
    value: true,
  });
  expect(applyJsonLogic({ in: [-1, hundredThousand] }, null)).toEqual({ ok: true, value: false });
});

test('map in map over long lists ends as an error', () => {
  const inner = { map: [hundredThousand, { '+': [{ var: '' }, 1] }] };
  expect(applyJsonLogic({ map: [hundredThousand, inner] }, null)).toEqual(ERROR);
  expect(applyJsonLogic({ map: [hundredThousand, { map: [hundredThousand, inner] }] }, null)).toEqual(ERROR);
});

test('the budget counts what an element costs, so it is the same for every run', () => {
  const rule = { map: [{ var: '' }, { '!': [{ var: '' }] }] };
  const list = (length: number): unknown[] => new Array<unknown>(length).fill(1);
  const fits = (length: number): boolean => applyJsonLogic(rule, list(length)).ok;
  let [low, high] = [0, MAX_STEPS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  expect(fits(low)).toBe(true);
  expect(fits(low + 1)).toBe(false);
  expect(low).toBe(MAX_STEPS / 5);
});

test('text that doubles in every step ends as an error', () => {
  const doubling = { cat: [{ var: 'accumulator' }, { var: 'accumulator' }] };
  expect(applyJsonLogic({ reduce: [{ var: '' }, doubling, 'ab'] }, hundredThousand)).toEqual(ERROR);
});

test('text up to the limit is built', () => {
  const half = 'x'.repeat(MAX_TEXT_LENGTH / 2);
  expect(applyJsonLogic({ cat: [half, half] }, null).ok).toBe(true);
  expect(applyJsonLogic({ cat: [half, half, 'x'] }, null)).toEqual(ERROR);
});

test('lists that double in every step cost no more than their steps', () => {
  const rule = nest(60, [1], (value) => ({ map: [{ merge: [[value]] }, [{ var: '' }, { var: '' }]] }));
  expect(applyJsonLogic(rule, null).ok).toBe(true);
  expect(applyJsonLogic({ if: [true, { set: [{ a: 1, b: 1 }, 'c', rule] }] }, null)).toEqual(ERROR);
});

test('a value that contains itself as a rule ends as an error, where it ends the relay', () => {
  const itself = { if: [true, { var: 'itself' }] };
  expect(applyJsonLogic(itself, { itself })).toEqual(ERROR);
  const twice = { or: [{ '!': [{ if: [true, { var: 'itself' }] }] }, { if: [true, { var: 'itself' }] }] };
  expect(applyJsonLogic(itself, { itself: twice })).toEqual(ERROR);
  const set = { set: [{ a: 1, b: 2 }, 'c', { var: 'itself' }] };
  expect(applyJsonLogic(set, { itself: set })).toEqual(ERROR);
  const missing = { missing: [{ var: 'itself' }] };
  expect(applyJsonLogic(missing, { itself: missing })).toEqual(ERROR);
});

test('rules and data 100,000 deep end without an exception', () => {
  const deepRule = nest(100_000, 0, (value) => ({ '!': [value] }));
  const deepArray = nest(100_000, 0, (value) => [value]);
  const deepObject = nest(100_000, 0, (value) => ({ a: value }));
  expect(applyJsonLogic(deepRule, null)).toEqual(ERROR);
  expect(applyJsonLogic(deepArray, null)).toEqual(ERROR);
  expect(applyJsonLogic({ if: [true, { var: 'deep' }] }, { deep: deepRule })).toEqual(ERROR);
  expect(applyJsonLogic({ some: [[1], { '!': { var: 'deep' } }] }, { deep: deepArray })).toEqual(ERROR);
  expect(applyJsonLogic({ some: [[1], { x: 1, y: { var: 'deep' } }] }, { deep: deepObject }).ok).toBe(true);
  expect(applyJsonLogic({ var: '' }, deepObject).ok).toBe(true);
  expect(applyJsonLogic({ merge: [{ var: 'deep' }, { '-': [] }] }, { deep: deepArray }).ok).toBe(true);
});

test('a rule text 100,000 deep is no JsonLogic, one beyond the limit never matches', () => {
  const text = (depth: number): string => `${'{"!":['.repeat(depth / 2)}0${']}'.repeat(depth / 2)}`;
  const matches = (depth: number): boolean =>
    compileJsonLogic(parseJsonLogic(text(depth)) as JsonLogicRule, plainAttributes())({});
  expect(parseJsonLogic(text(100_000))).toBeUndefined();
  expect(matches(500)).toBe(false);
  expect(matches(498)).toBe(true);
  expect(matches(502)).toBe(false);
});

test('operations 250 deep are evaluated', () => {
  const rule = nest(249, { '+': [1] }, (value) => ({ '+': [value, 1] }));
  expect(applyJsonLogic(rule, null)).toEqual({ ok: true, value: 250 });
});

test('conditions nested in conditions do not multiply while they are compiled', () => {
  const rule = nest(60, { '!': [{ var: 'x' }] }, (value) => ({ some: [[1], value] }));
  expect(applyJsonLogic(rule, {})).toEqual({ ok: true, value: true });
});

test.each([
  ['digits', { '+': [`${'1'.repeat(1_000_000)}x`] }],
  ['underscores', { '+': [`${'1_'.repeat(500_000)}1`] }],
  ['hexadecimal digits', { '+': [`0x${'f'.repeat(1_000_000)}p`] }],
  ['exponent digits', { '+': [`1e-${'1'.repeat(1_000_000)}`] }],
  ['spaces', { cat: [`a${' '.repeat(1_000_000 - 2)}`, 'b'] }],
  ['blanks', { '==': [`${' '.repeat(1_000_000)}x`, 1] }],
  ['dots', { var: '.'.repeat(1_000_000) }],
])('a million %s are read in one pass', (_what, rule) => {
  const started = performance.now();
  applyJsonLogic(rule, { a: 1 });
  expect(performance.now() - started).toBeLessThan(1000);
});

test('going over a long text for each of many elements ends as an error', () => {
  const rule = { map: [hundredThousand, { '==': [`${'1'.repeat(100_000)}x`, 1] }] };
  expect(applyJsonLogic(rule, null)).toEqual(ERROR);
});
