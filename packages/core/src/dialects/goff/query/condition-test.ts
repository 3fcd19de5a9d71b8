import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Attributes } from '../attributes.ts';
import { comparisonTest } from './comparison-test.ts';
import type { OperandState } from './operand-state.ts';
import { isNothing, pathResolver } from './operand-state.ts';
import type { Condition } from './parsed-query.ts';
import { neverHolds } from './value-test.ts';

/** Tests a condition in a query whose paths may leave operands behind. @returns undefined if the query is broken off */
type StatefulTest = (state: OperandState, context: EvaluationContext) => boolean | undefined;

const breaksOff: StatefulTest = () => undefined;

export function statefulTest(condition: Condition, attributes: Attributes): StatefulTest {
  if (condition.kind === 'unreadable') return breaksOff;
  const resolve = pathResolver(condition.path, attributes);
  if (condition.kind === 'present') {
    return (state, context) => (resolve(state, context) ? !isNothing(state.left) : undefined);
  }
  const ofIntegers = comparisonTest(condition, true);
  if (ofIntegers === undefined) return breaksOff;
  const ofDoubles = condition.literal.kind === 'integers' ? neverHolds : ofIntegers;
  return (state, context) => {
    if (!resolve(state, context)) return undefined;
    return state.integers ? ofIntegers(state.left) : ofDoubles(state.left);
  };
}
