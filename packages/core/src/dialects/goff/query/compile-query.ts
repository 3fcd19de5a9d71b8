import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import { simpleLowerCase } from '../../../text/simple-lower-case.ts';
import type { AttributeReader } from '../../../context/attribute-reader.ts';
import type { Attributes } from '../attributes.ts';
import { comparisonTest } from './comparison-test.ts';
import { statefulTest } from './condition-test.ts';
import { clearOperandState, isNothing, newOperandState } from './operand-state.ts';
import type { Condition, ParsedQuery } from './parsed-query.ts';
import type { QuerySteps } from './query-steps.ts';
import { matched, stepsOf, unmatched } from './query-steps.ts';
import { isInLowerCase } from './text-test.ts';

/** Whether a rule's query matches a context. */
type QueryTest = (context: EvaluationContext) => boolean;

/** Prepares a query for evaluation (goff-evaluation §10.5). The test never throws and keeps nothing of a context. */
export function compileQuery(query: ParsedQuery, attributes: Attributes): QueryTest {
  const steps = stepsOf(query);
  if (query.conditions.some((condition) => condition.kind !== 'unreadable' && condition.path.length > 1)) {
    return statefulQueryTest(query, steps, attributes);
  }
  return plainQueryTest(query, steps, attributes);
}

/** Without dotted paths every path finds the attributes, so that no operand can be left over from before. */
function plainQueryTest({ conditions }: ParsedQuery, steps: QuerySteps, attributes: Attributes): QueryTest {
  const tests = conditions.map((condition) => plainTest(condition, attributes));
  const ifTrue = withoutBroken(steps.ifTrue, tests);
  const ifFalse = withoutBroken(steps.ifFalse, tests);
  const [first] = tests;
  if (first === undefined) return () => false;
  if (isEnd(ifTrue[0]) && isEnd(ifFalse[0])) return ending(first, ifTrue[0] === matched, ifFalse[0] === matched);
  return stepping(tests as readonly QueryTest[], ifTrue, ifFalse);
}

/** A query of several conditions. */
function stepping(tests: readonly QueryTest[], ifTrue: readonly number[], ifFalse: readonly number[]): QueryTest {
  return (context) => {
    let at = 0;
    while (at >= 0) at = ((tests[at] as QueryTest)(context) ? ifTrue[at] : ifFalse[at]) as number;
    return at === matched;
  };
}

const isEnd = (step: number | undefined): boolean => step !== undefined && step < 0;

/** A query that the first condition decides. */
function ending(test: QueryTest, ifTrue: boolean, ifFalse: boolean): QueryTest {
  if (ifTrue === ifFalse) return () => ifTrue;
  return ifTrue ? test : (context) => !test(context);
}

/** Replaces jumps to conditions that make the whole query false. */
function withoutBroken(targets: readonly number[], tests: readonly (QueryTest | undefined)[]): readonly number[] {
  return targets.map((target) => (target >= 0 && tests[target] === undefined ? unmatched : target));
}

function plainTest(condition: Condition, attributes: Attributes): QueryTest | undefined {
  if (condition.kind === 'unreadable') return undefined;
  const name = condition.path[0] as string;
  const read = attributes.readerOf(name);
  if (condition.kind === 'present') return (context) => !isNothing(read(context));
  if (condition.operator === 'eq' && condition.literal.kind === 'string') return equality(read, condition.literal.text);
  const test = comparisonTest(condition, attributes.hasIntegers(name));
  return test === undefined ? undefined : (context) => test(read(context));
}

/** The commonest condition of all saves a call. */
function equality(read: AttributeReader, literal: string): QueryTest {
  const lower = simpleLowerCase(literal);
  return (context) => {
    const value = read(context);
    return typeof value === 'string' && isInLowerCase(value, lower);
  };
}

/** Dotted paths need upstream's state machine as it is. */
function statefulQueryTest({ conditions }: ParsedQuery, steps: QuerySteps, attributes: Attributes): QueryTest {
  const { ifTrue, ifFalse } = steps;
  const tests = conditions.map((condition) => statefulTest(condition, attributes));
  const state = newOperandState();
  return (context) => {
    let at = 0;
    while (at >= 0) {
      const holds = tests[at]?.(state, context);
      at = holds === undefined ? unmatched : ((holds ? ifTrue[at] : ifFalse[at]) as number);
    }
    clearOperandState(state);
    return at === matched;
  };
}
