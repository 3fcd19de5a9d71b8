import type { EvaluationContext } from '../../../../src/context/evaluation-context.ts';
import { compileJsonLogic } from '../../../../src/dialects/goff/json-logic/compile-json-logic.ts';
import { jsonLogicMatches } from '../../../../src/dialects/goff/json-logic/json-logic-answer.ts';
import type { JsonLogicRule } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { parseJsonLogic } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { plainAttributes } from './plain-attributes.ts';

const matches = (rule: unknown, context: EvaluationContext = {}): boolean =>
  compileJsonLogic(parseJsonLogic(JSON.stringify(rule)) as JsonLogicRule, plainAttributes())(context);

test('a rule reads the attributes of the context', () => {
  const rule = { '==': [{ var: 'country' }, 'FR'] };
  expect(matches(rule, { country: 'FR' })).toBe(true);
  expect(matches(rule, { country: 'DE' })).toBe(false);
  expect(matches(rule, {})).toBe(false);
});

test('the targeting key is read under both of its names, never from an attribute called key', () => {
  expect(matches({ '==': [{ var: 'key' }, 'u1'] }, { targetingKey: 'u1', key: 'other' })).toBe(true);
  expect(matches({ '==': [{ var: 'targetingKey' }, 'u1'] }, { targetingKey: 'u1' })).toBe(true);
  expect(matches({ '===': [{ var: 'key' }, ''] })).toBe(true);
  expect(matches({ '===': [{ var: 'anonymous' }, false] }, { anonymous: 'yes' })).toBe(true);
});

test('nested attributes, array elements and defaults are reached', () => {
  const context = { company: { name: 'acme', sites: ['lyon', 'nice'] } };
  expect(matches({ '==': [{ var: 'company.name' }, 'acme'] }, context)).toBe(true);
  expect(matches({ '==': [{ var: 'company.sites.1' }, 'nice'] }, context)).toBe(true);
  expect(matches({ '==': [{ var: ['company.size', 7] }, 7] }, context)).toBe(true);
  expect(matches({ '==': [{ var: 'company.name.length' }, null] }, context)).toBe(true);
});

test('names of Object.prototype are names like any other', () => {
  const rule = (name: string): unknown => ({ '==': [{ var: name }, null] });
  for (const name of ['__proto__', 'constructor', 'toString', 'company.constructor']) {
    expect(matches(rule(name), { company: {} })).toBe(true);
  }
  const context = JSON.parse('{"__proto__": 5, "constructor": 6}') as EvaluationContext;
  expect(matches({ '==': [{ '+': [{ var: '__proto__' }, { var: 'constructor' }] }, 11] }, context)).toBe(true);
});

test('an undefined property is absent', () => {
  expect(matches({ missing: ['a', 'b.c'] }, { a: undefined, b: { c: undefined } })).toBe(true);
  expect(matches({ if: [true, { var: 'code' }] }, { code: { '!': [0], other: undefined } })).toBe(true);
});

test('a name with an unpaired surrogate is reached as U+FFFD, where the relay has put it', () => {
  expect(matches({ '==': [{ var: '\ufffd' }, 5] }, { '\ud800': 5 })).toBe(true);
  expect(matches({ '==': [{ var: 'a.\ufffd' }, 5] }, { a: { '\ud800': 5 } })).toBe(true);
  expect(matches({ '==': [{ var: 'a' }, '\ufffd'] }, { a: '\ud800' })).toBe(true);
  expect(matches({ in: ['\ud83d', { var: 'a' }] }, { a: '😀' })).toBe(false);
});

test('all attributes are gathered only by rules that need them', () => {
  const attributes = plainAttributes();
  const rule = parseJsonLogic('{"and":[{"==":[{"var":"a"},1]},{"<":[{"var":["b.c",2]},3]}]}') as JsonLogicRule;
  expect(compileJsonLogic(rule, attributes)({ a: 1 })).toBe(true);
  expect(attributes.wholes()).toBe(0);
  const whole = parseJsonLogic('{"==":[{"var":{"cat":["a",""]}},1]}') as JsonLogicRule;
  expect(compileJsonLogic(whole, attributes)({ a: 1 })).toBe(true);
  expect(attributes.wholes()).toBe(1);
});

test('an error is no match, wherever it happens', () => {
  expect(matches({ '+': [{ var: 'missing' }, 1] })).toBe(false);
  expect(matches({ or: [{ log: [1] }, true] })).toBe(false);
  expect(matches({ in: [null, 'abc'] })).toBe(false);
  expect(matches({ merge: [{ '/': [1, 0] }] })).toBe(false);
});

test('one compiled rule serves any number of contexts', () => {
  const rule = parseJsonLogic('{"some":[{"var":"list"},{"==":[{"var":""},{"var":"wanted"}]}]}') as JsonLogicRule;
  const compiled = compileJsonLogic(rule, plainAttributes());
  const list = ['a', 'b'];
  expect(['b', 'c', 'a'].map((wanted) => compiled({ list, wanted }))).toEqual([true, false, true]);
});

test('null never matches', () => {
  expect(matches(null)).toBe(false);
});

test.each([
  [false, false],
  [null, false],
  ['', false],
  [0, false],
  [[], false],
  [NaN, false],
  [-Infinity, false],
  [[1, { a: NaN }], false],
  [-0, true],
  [{}, true],
  ['0', true],
  ['false', true],
  [[0], true],
  [[null], true],
  [true, true],
  [1e-300, true],
])('a rule whose value is %j matches: %s', (value, expected) => {
  expect(jsonLogicMatches(value)).toBe(expected);
});
