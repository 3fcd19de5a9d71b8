import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Attributes } from '../attributes.ts';
import { statefulTest } from './condition-test.ts';
import { newOperandState } from './operand-state.ts';
import type { ParsedQuery } from './parsed-query.ts';
import { matched, stepsOf, unmatched } from './query-steps.ts';

interface ConditionOutcome {
  readonly text: string;
  /** Where `text` stands in the text that was parsed. */
  readonly offset: number;
  readonly outcome: 'matched' | 'did not match' | 'not reached' | 'error';
}

interface QueryExplanation {
  readonly matched: boolean;
  /** Whether a condition made the whole query false. */
  readonly error: boolean;
  readonly conditions: readonly ConditionOutcome[];
}

/** Evaluates a query and tells what became of each of its conditions. For looking into, not for speed. */
export function explainQuery(query: ParsedQuery, attributes: Attributes, context: EvaluationContext): QueryExplanation {
  const { ifTrue, ifFalse } = stepsOf(query);
  const state = newOperandState();
  const outcomes = query.conditions.map((): ConditionOutcome['outcome'] => 'not reached');
  let error = false;
  let at = 0;
  while (at >= 0) {
    const condition = query.conditions[at];
    const holds = condition && statefulTest(condition, attributes)(state, context);
    outcomes[at] = holds === undefined ? 'error' : holds ? 'matched' : 'did not match';
    error = holds === undefined;
    at = error ? unmatched : ((holds ? ifTrue[at] : ifFalse[at]) as number);
  }
  const conditions = query.conditions.map(({ text, offset }, index) => {
    return { text, offset, outcome: outcomes[index] as ConditionOutcome['outcome'] };
  });
  return { matched: at === matched, error, conditions };
}

const noAttributes: Attributes = { readerOf: () => () => undefined, hasIntegers: () => false, all: () => ({}) };

/** Whether the relay accepts a rule with this query: it does if no attributes at all raise no error (§10.6). */
export function isAcceptedQuery(query: ParsedQuery): boolean {
  return !explainQuery(query, noAttributes, {}).error;
}
