import { isLess, isLooselyEqual, isStrictlyEqual } from '../comparison.ts';
import type { Node, Operator, Run, Site } from '../json-logic-node.ts';
import { onOperand } from '../operand.ts';
import { FAILED } from '../special-values.ts';

type Relation = (left: unknown, right: unknown, run: Run) => boolean;

/** The usual two operands, without an array in between. */
function onPair(operand: readonly unknown[], site: Site, relation: Relation): Node {
  const inner = site.deeper();
  const left = inner.compile(operand[0]);
  const right = inner.compile(operand[1]);
  return (data, run) => {
    const leftValue = left(data, run);
    if (leftValue === FAILED) return FAILED;
    const rightValue = right(data, run);
    return rightValue === FAILED ? FAILED : relation(leftValue, rightValue, run);
  };
}

interface Comparison {
  readonly relation: Relation;
  /** The answer for an operand that is no array. */
  readonly otherwise: unknown;
  /** The answer for too few operands. */
  readonly tooFew: boolean;
  readonly chains: boolean;
}

function comparison({ relation, otherwise, tooFew, chains }: Comparison): Operator {
  return (operand, site) => {
    if (Array.isArray(operand) && operand.length === 2) return onPair(operand, site, relation);
    return onOperand(operand, site, (values, run) => {
      if (!Array.isArray(values)) return otherwise;
      if (values.length < 2) return tooFew;
      const holds = relation(values[0], values[1], run);
      return chains && values.length === 3 ? holds && relation(values[1], values[2], run) : holds;
    });
  };
}

const ordered = (relation: Relation): Operator =>
  comparison({ relation, otherwise: FAILED, tooFew: false, chains: true });

const equality = (relation: Relation, answers: { otherwise: unknown; tooFew: boolean }): Operator =>
  comparison({ relation, ...answers, chains: false });

const not =
  (relation: Relation): Relation =>
  (left, right, run) =>
    !relation(left, right, run);

export const comparisonOperators: readonly (readonly [string, Operator])[] = [
  ['==', equality(isLooselyEqual, { otherwise: FAILED, tooFew: false })],
  ['!=', equality(not(isLooselyEqual), { otherwise: FAILED, tooFew: true })],
  ['===', equality(isStrictlyEqual, { otherwise: false, tooFew: false })],
  ['!==', equality(not(isStrictlyEqual), { otherwise: true, tooFew: true })],
  ['<', ordered(isLess)],
  ['>', ordered((left, right, run) => isLess(right, left, run))],
  ['<=', ordered((left, right, run) => isLess(left, right, run) || isLooselyEqual(left, right, run))],
  ['>=', ordered((left, right, run) => isLess(right, left, run) || isLooselyEqual(left, right, run))],
];
