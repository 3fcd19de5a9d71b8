import fc from 'fast-check';

import { isAcceptedJsonLogic } from '../../../../src/dialects/goff/json-logic/accepted-json-logic.ts';
import { compileJsonLogic } from '../../../../src/dialects/goff/json-logic/compile-json-logic.ts';
import { applyJsonLogic } from '../../../../src/dialects/goff/json-logic/evaluate-json-logic.ts';
import { jsonLogicMatches } from '../../../../src/dialects/goff/json-logic/json-logic-answer.ts';
import type { JsonLogicRule } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { parseJsonLogic } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { JsonLogicGenerator, OPERATORS } from './json-logic-generator.ts';
import { plainAttributes } from './plain-attributes.ts';

const attributes = plainAttributes();

/** JSON in which many objects happen to be operations. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1.5, '', 'a', '1', 'a.b', '\ud800'),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('json'), { maxKeys: 3 }),
    fc.tuple(fc.constantFrom(...OPERATORS), tie('json')).map(([operator, operand]) => ({ [operator]: operand })),
    fc
      .tuple(fc.constantFrom(...OPERATORS), fc.array(tie('json'), { maxLength: 4 }))
      .map(([operator, operands]) => ({ [operator]: operands })),
  ),
}));

test('any JSON as rule and any JSON as data end without an exception', () => {
  fc.assert(
    fc.property(json, json, (rule, data) => {
      const answer = applyJsonLogic(rule, data);
      return !answer.ok || JSON.stringify(answer.value) !== undefined;
    }),
    { numRuns: 3000 },
  );
});

test('any text ends without an exception', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    json.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(text, (rule) => {
      isAcceptedJsonLogic(rule);
      const parsed = parseJsonLogic(rule);
      return parsed === undefined || typeof compileJsonLogic(parsed, attributes)({}) === 'boolean';
    }),
    { numRuns: 1000 },
  );
});

const generated = fc.integer().map((seed) => new JsonLogicGenerator(seed).next());

/** Objects of a rule keep their order: upstream itself is undecided about literals with a `var` among other names. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, part]) => [name, reversed(part)]),
  );
}

test('the order of attributes never matters', () => {
  fc.assert(
    fc.property(generated, ({ rule, context }) => {
      const inOrder = applyJsonLogic(rule, context);
      const inReverse = applyJsonLogic(rule, reversed(context));
      expect(inReverse).toEqual(inOrder);
    }),
    { numRuns: 2000 },
  );
});

test('the compiled rule and the value agree', () => {
  fc.assert(
    fc.property(generated, ({ rule, context }) => {
      const compiled = compileJsonLogic(parseJsonLogic(JSON.stringify(rule)) as JsonLogicRule, attributes);
      const answer = applyJsonLogic(rule, attributes.all(context));
      expect(compiled(context)).toBe(answer.ok && jsonLogicMatches(answer.value));
    }),
    { numRuns: 2000 },
  );
});

test('evaluation changes neither the rule nor the data, nor any prototype', () => {
  const prototypes = [Object.prototype, Array.prototype].map((prototype) => Reflect.ownKeys(prototype));
  fc.assert(
    fc.property(generated, ({ rule, context }) => {
      const before = JSON.stringify([rule, context]);
      applyJsonLogic(rule, context);
      expect(JSON.stringify([rule, context])).toBe(before);
    }),
    { numRuns: 1000 },
  );
  expect([Object.prototype, Array.prototype].map((prototype) => Reflect.ownKeys(prototype))).toEqual(prototypes);
});
