import { arithmeticNumber } from '../conversions.ts';
import type { Operator, Run } from '../json-logic-node.ts';
import { onArray, onOperand } from '../operand.ts';
import { BARE_ZERO, FAILED } from '../special-values.ts';

type Step = (total: number, value: number) => number;

interface Fold {
  readonly step: Step;
  /** Without it the first operand is where to start. */
  readonly from?: number;
  /** The answer without operands. */
  readonly empty: unknown;
  /** The answer for one operand; the total by default. */
  readonly single?: (value: number) => number;
}

function folded(values: readonly unknown[], { step, from, empty, single }: Fold, run: Run): unknown {
  if (values.length === 0) return empty;
  const first = arithmeticNumber(values[0], run);
  if (first === FAILED) return FAILED;
  if (values.length === 1 && single !== undefined) return single(first);
  let total = from === undefined ? first : step(from, first);
  run.stepsLeft -= values.length;
  for (let index = 1; index < values.length; index++) {
    const value = arithmeticNumber(values[index], run);
    if (value === FAILED) return FAILED;
    total = step(total, value);
  }
  return total;
}

const overArray =
  (fold: Fold): Operator =>
  (operand, site) =>
    onArray(operand, site, (values, run) => folded(values, fold, run), fold.empty);

const SUM: Fold = { step: (total, value) => total + value, from: 0, empty: 0 };

const sum: Operator = (operand, site) =>
  onOperand(operand, site, (value, run) =>
    Array.isArray(value) ? folded(value, SUM, run) : arithmeticNumber(value, run),
  );

const absolute: Operator = (operand, site) =>
  onOperand(operand, site, (value, run) => {
    if (Array.isArray(value) && value.length === 0) return 0;
    const number = arithmeticNumber(Array.isArray(value) ? value[0] : value, run);
    return number === FAILED ? FAILED : Math.abs(number);
  });

const remainder: Operator = (operand, site) =>
  onArray(operand, site, (values, run) => {
    const left = arithmeticNumber(values[0], run);
    const right = arithmeticNumber(values[1], run);
    return left === FAILED || right === FAILED ? FAILED : left % right;
  });

export const arithmeticOperators: readonly (readonly [string, Operator])[] = [
  ['+', sum],
  ['-', overArray({ step: (total, value) => total - value, empty: BARE_ZERO, single: (value) => -1 * value })],
  ['*', overArray({ step: (total, value) => total * value, from: 1, empty: 1 })],
  ['/', overArray({ step: (total, value) => total / value, empty: BARE_ZERO })],
  ['%', remainder],
  ['max', overArray({ step: (total, value) => (value > total ? value : total), empty: null })],
  ['min', overArray({ step: (total, value) => (value < total ? value : total), empty: null })],
  ['abs', absolute],
];
