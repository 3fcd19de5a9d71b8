import { EnrichedAttributes } from '../../../../src/dialects/goff/enriched-attributes.ts';
import { compileQuery } from '../../../../src/dialects/goff/query/compile-query.ts';
import { parseQuery } from '../../../../src/dialects/goff/query/parse-query.ts';
import { isInLowerCase } from '../../../../src/dialects/goff/query/text-test.ts';
import { simpleLowerCase } from '../../../../src/text/simple-lower-case.ts';
import { matches } from './query-answers.ts';

test('reads own attributes only, at the top and below', () => {
  expect(matches('constructor pr', {})).toBe(false);
  expect(matches('a.constructor pr', { a: {} })).toBe(false);
  expect(matches('a.toString pr', { a: Object.assign(Object.create(null), { toString: 1 }) })).toBe(true);
});

test('sees the key, the targeting key and whether the user is anonymous', () => {
  expect(matches('key eq "user-1" and targetingKey eq "user-1" and anonymous eq false', { key: 'other' })).toBe(true);
});

test.each([
  ['a eq 9223372036854775807', 2 ** 63, false],
  ['a eq -9223372036854775808', 2 ** 63, true],
  ['a eq -9223372036854775808', -1e300, true],
  ['a lt 9007199254740993', 2 ** 53, true],
  ['a ge 9007199254740993', 2 ** 53 + 2, true],
  ['a ne 9007199254740993', 2 ** 53, true],
  ['a eq 9007199254740992', 2 ** 53, true],
  ['a eq -0', -0.5, true],
  ['a in [9007199254740993]', 2 ** 53, false],
  ['a in [9007199254740992]', 2 ** 53, true],
  ['a in [0]', -0, true],
  ['a gt 1.0e999', 1, false],
  ['a ne 1.0e999', 1, false],
])('decides %s exactly for %d', (query, a, expected) => {
  expect(matches(query, { a })).toBe(expected);
});

test('counts whole numbers as integers only where they come from the context itself', () => {
  const ofFive = compileQuery(parseQuery('a in [5]'), new EnrichedAttributes({ a: 5 }));
  expect(ofFive({})).toBe(false);
  expect(matches('a in [5]', { a: 5 })).toBe(true);
  expect(matches('o.a in [5]', { o: { a: 5 } })).toBe(false);
});

test('keeps the kind of number along with an operand that was left over', () => {
  expect(matches('x eq 1 and o.a in [1]', { x: 1 })).toBe(true);
  expect(matches('p.x eq 1 and o.a in [1]', { p: { x: 1 } })).toBe(false);
});

test('takes half a surrogate pair for U+FFFD', () => {
  expect(matches('a eq "\ufffd"', { a: '\ud800' })).toBe(true);
  expect(matches('a in ["\ufffd"]', { a: '\ud800' })).toBe(true);
  expect(matches('a in ["\ud800"]', { a: '\udc00' })).toBe(true);
  expect(matches('a in ["x"]', { a: '\udc00' })).toBe(false);
});

test('compares every letter as its simple lower case', () => {
  for (let point = 0; point <= 0xffff; point++) {
    const letter = String.fromCharCode(point);
    const lower = simpleLowerCase(letter);
    if (!isInLowerCase(letter, lower) || !isInLowerCase(lower, lower)) throw new Error(`differs for ${point}`);
  }
});

test.each([
  ['a gt 18446744073709551616.0.0', '18446744073709551615.0.0'],
  ['a le 18446744073709551615.0.0', '18446744073709551616.0.0'],
  ['a ne 99999999999999999999.0.0', '1.2.3'],
])('never holds %s for %s, as a part is beyond 64 bits', (query, a) => {
  expect(matches(query, { a })).toBe(false);
  expect(matches(`not (${query})`, { a })).toBe(true);
});
