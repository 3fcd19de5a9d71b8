import { isAcceptedJsonLogic } from '../../../../src/dialects/goff/json-logic/accepted-json-logic.ts';
import { compileJsonLogic } from '../../../../src/dialects/goff/json-logic/compile-json-logic.ts';
import { applyJsonLogic } from '../../../../src/dialects/goff/json-logic/evaluate-json-logic.ts';
import type { JsonLogicRule } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { parseJsonLogic } from '../../../../src/dialects/goff/json-logic/parse-json-logic.ts';
import { JsonLogicGenerator } from './json-logic-generator.ts';
import recorded from './json-logic-recorded.json' with { type: 'json' };
import { plainAttributes } from './plain-attributes.ts';

const answers = recorded.answers.join('');
const generator = new JsonLogicGenerator(recorded.seed);
const attributes = plainAttributes();
const cases = [...answers].map((answer) => ({ answer, ...generator.next() })).filter(({ answer }) => answer !== '?');

test('random rules match where the relay matched', () => {
  const differing = cases.filter(({ answer, rule, context }) => {
    const parsed = parseJsonLogic(JSON.stringify(rule)) as JsonLogicRule;
    return compileJsonLogic(parsed, attributes)(context) !== (answer.toLowerCase() === 'y');
  });
  expect(differing).toEqual([]);
});

test('random rules are errors where they were errors for the relay', () => {
  const differing = cases.filter(
    ({ answer, rule, context }) => applyJsonLogic(rule, attributes.all(context)).ok !== (answer.toLowerCase() !== 'e'),
  );
  expect(differing).toEqual([]);
});

test('random rules are accepted where the relay accepted them', () => {
  const differing = cases.filter(
    ({ answer, rule }) => isAcceptedJsonLogic(JSON.stringify(rule)) !== (answer !== answer.toLowerCase()),
  );
  expect(differing).toEqual([]);
});
