import { isAcceptedJsonLogic } from '../../../../src/dialects/goff/json-logic/accepted-json-logic.ts';
import { OPERATORS } from './json-logic-generator.ts';

test.each(OPERATORS)('the operator %s is accepted', (operator) => {
  expect(isAcceptedJsonLogic(JSON.stringify({ [operator]: [1] }))).toBe(true);
});

test.each([
  ...['{"var":null}', '{"var":1}', '{"var":"a"}', '{"var":null,"x":{}}', '{"a":{},"b":{"log":[]}}', '{"!":0}'],
  ...['{"!":[null]}', '{"!":[[{"var":"a"}],"b"]}', '{"!":{"var":null}}', '{"==":[\n 1,\n 2]}', '{"!":"a"}'],
])('%j is accepted', (text) => {
  expect(isAcceptedJsonLogic(text)).toBe(true);
});

test.each([
  ...['{}', 'null', '{"!":null}', '{"!":{}}', '{"!":[{}]}', '{"log":1}', '{"endsWith":["a","b"]}', '{"method":[]}'],
  ...['{"!":[[{"log":1}]]}', '{"var":true}x', '{"constructor":1}', '{"__proto__":1}', '{"==":["a\nb","ab"]}'],
  ...['{"==":[1\n1,11]}', '{"var":{"log":1}}', 'a eq 1'],
])('%j is refused', (text) => {
  expect(isAcceptedJsonLogic(text)).toBe(false);
});

test('a rule may nest 10,000 deep to be accepted, no deeper', () => {
  const nested = (levels: number): string => `${'{"!":['.repeat(levels / 2)}0${']}'.repeat(levels / 2)}`;
  expect(isAcceptedJsonLogic(nested(10_000))).toBe(true);
  expect(isAcceptedJsonLogic(nested(10_002))).toBe(false);
  expect(isAcceptedJsonLogic(nested(200_000))).toBe(false);
});
