import { arithmeticNumber, textOf } from '../conversions.ts';
import { bodyOf, subjectNode, visit } from '../element-body.ts';
import type { Operator, Run } from '../json-logic-node.ts';
import { alwaysFails, constantNode } from '../operand.ts';
import { FAILED } from '../special-values.ts';
import { isObject, isTruthy } from '../value-kinds.ts';

interface Accumulation {
  current: unknown;
  accumulator: boolean | number | string;
  /** Rules can read it, and its names are those of the relay. */
  readonly valueType: 'bool' | 'number' | 'string';
}

/** The data of the first step; undefined for an initial value of a kind that cannot be accumulated. */
function accumulationFrom(initial: unknown): Accumulation | undefined {
  switch (typeof initial) {
    case 'boolean':
      return { current: 0, accumulator: initial, valueType: 'bool' };
    case 'number':
      return { current: 0, accumulator: initial, valueType: 'number' };
    case 'string':
      return { current: 0, accumulator: initial, valueType: 'string' };
    default:
      return undefined;
  }
}

/** Every step keeps the kind of the initial value. */
function converted(
  value: unknown,
  kind: Accumulation['valueType'],
  run: Run,
): boolean | number | string | typeof FAILED {
  if (kind === 'bool') return isTruthy(value);
  return kind === 'number' ? arithmeticNumber(value, run) : textOf(value);
}

const reduce: Operator = (operand, site) => {
  if (!Array.isArray(operand)) return alwaysFails;
  if (operand.length < 3) return constantNode(0);
  const inner = site.deeper();
  const subject = subjectNode(operand[0], inner);
  const body = bodyOf(operand[1], inner);
  const initial = isObject(operand[2]) ? inner.compile(operand[2]) : constantNode(operand[2]);
  return (data, run) => {
    const state = accumulationFrom(initial(data, run));
    if (state === undefined) return FAILED;
    const elements = subject(data, run);
    if (elements === null) return 0;
    if (!Array.isArray(elements)) return FAILED;
    for (const element of elements) {
      if (element === null || element === undefined) continue;
      if (!body.isOperation) return FAILED;
      state.current = element;
      const failed = visit(body, [state], run, (value) => {
        const next = converted(value, state.valueType, run);
        if (next === FAILED) return FAILED;
        state.accumulator = next;
        return undefined;
      });
      if (failed === FAILED) return FAILED;
    }
    return state.accumulator;
  };
};

export const reduceOperators: readonly (readonly [string, Operator])[] = [['reduce', reduce]];
