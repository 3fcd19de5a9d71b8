import { parseJsonLogic } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';

test.each([
  ['{"!":[0]}', { '!': [0] }],
  [' \t\r{"!":[0]} ', { '!': [0] }],
  ['{}', {}],
  ['null', null],
  [' null\t', null],
])('%j is a rule', (text, value) => {
  expect(parseJsonLogic(text)).toEqual({ value, tooDeep: false });
});

test.each([
  ...['', '1', '"a"', 'true', '[]', '[{"!":[0]}]', 'a eq 1', '{} {}', '{}x', '{"!":[01]}', '{"!":[1.]}', '{"!":[0],}'],
  ...["{'!':[0]}", '\ufeff{"!":[0]}', '{"!":\u00a0[0]}', '/**/{"!":[0]}', '{"!":["\u0000"]}', '{"!":[NaN]}', 'nul'],
])('%j is no JSON object, so it belongs to the query language', (text) => {
  expect(parseJsonLogic(text)).toBeUndefined();
});

test('a number out of range makes the text no JSON, as for the relay', () => {
  expect(parseJsonLogic('{"==":[1e400,1]}')).toBeUndefined();
  expect(parseJsonLogic(`{"==":[1${'0'.repeat(309)},1]}`)).toBeUndefined();
  expect(parseJsonLogic('{"==":[-1e400,1]}')).toBeUndefined();
});

test('a number that is too small becomes 0', () => {
  expect(parseJsonLogic('{"==":[1e-400,0]}')?.value).toEqual({ '==': [0, 0] });
});

test('the last of several properties with one name counts', () => {
  expect(parseJsonLogic('{"!":[0],"!":[1]}')?.value).toEqual({ '!': [1] });
});

test('unpaired surrogates become U+FFFD, escaped or not, in texts and in names', () => {
  const value = (text: string): unknown => parseJsonLogic(text)?.value;
  expect(value('{"cat":["\\ud800a"]}')).toEqual({ cat: ['\ufffda'] });
  expect(value('{"cat":["\ud800a"]}')).toEqual({ cat: ['\ufffda'] });
  expect(value('{"cat":["\ud83d\\ude00"]}')).toEqual({ cat: ['\ufffd\ufffd'] });
  expect(value('{"cat":["\\ud83d\\ude00"]}')).toEqual({ cat: ['😀'] });
  expect(value('{"\\udc00":1,"\\u0062":2}')).toEqual({ '\ufffd': 1, b: 2 });
});

test('__proto__ is a name like any other', () => {
  const plain = parseJsonLogic('{"__proto__":{"x":1}}')?.value as object;
  const repaired = parseJsonLogic('{"__proto__":{"x":"\\ud800"}}')?.value as object;
  expect(Object.keys(plain)).toEqual(['__proto__']);
  expect(Object.keys(repaired)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(repaired)).toBe(Object.prototype);
});

const nested = (levels: number): string => `${'{"!":['.repeat(levels / 2)}0${']}'.repeat(levels / 2)}`;

test('rules nest up to 500 deep, deeper ones say so', () => {
  expect(parseJsonLogic(nested(500))?.tooDeep).toBe(false);
  expect(parseJsonLogic(nested(502))?.tooDeep).toBe(true);
});

test('beyond 10,000 levels the relay sees no JSON', () => {
  expect(parseJsonLogic(nested(10_000))?.tooDeep).toBe(true);
  expect(parseJsonLogic(nested(10_002))).toBeUndefined();
  expect(parseJsonLogic(nested(200_000))).toBeUndefined();
});
