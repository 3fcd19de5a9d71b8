import { type Body, bodyOf, subjectNode, visit } from '../element-body.ts';
import type { Operator, Run, Site } from '../json-logic-node.ts';
import { alwaysFails, constantNode } from '../operand.ts';
import { replaceOuterVariables } from '../outer-variables.ts';
import { FAILED } from '../special-values.ts';
import { isTruthy } from '../value-kinds.ts';

/** The condition as it is for these data. Only one that names outer variables is compiled again. */
function conditionBody(rule: unknown, site: Site): (data: unknown, run: Run) => Body | typeof FAILED {
  const replace = replaceOuterVariables(rule, site);
  const unchanged = bodyOf(rule, site);
  return (data, run) => {
    const condition = replace(data, run);
    if (condition === FAILED || run.stepsLeft < 0) return FAILED;
    return condition === rule ? unchanged : bodyOf(condition, site.countedBy(run));
  };
}

const map: Operator = (operand, site) => {
  if (!Array.isArray(operand)) return alwaysFails;
  if (operand.length < 2) return constantNode([]);
  const inner = site.deeper();
  const subject = subjectNode(operand[0], inner);
  const body = bodyOf(operand[1], inner);
  return (data, run) => {
    const elements = subject(data, run);
    if (elements === null) return [];
    if (!Array.isArray(elements)) return FAILED;
    const mapped: unknown[] = [];
    return visit(body, elements, run, (value) => void mapped.push(value)) ?? mapped;
  };
};

const filter: Operator = (operand, site) => {
  if (!Array.isArray(operand)) return alwaysFails;
  if (operand.length < 2) return constantNode([]);
  const inner = site.deeper();
  const subject = subjectNode(operand[0], inner);
  const condition = conditionBody(operand[1], inner);
  return (data, run) => {
    const elements = subject(data, run);
    if (elements === null) return [];
    if (!Array.isArray(elements)) return FAILED;
    const body = condition(data, run);
    if (body === FAILED) return FAILED;
    const kept: unknown[] = [];
    return visit(body, elements, run, (value, element) => void (isTruthy(value) && kept.push(element))) ?? kept;
  };
};

interface Quantifier {
  /** The answer for no elements, and for anything that counts as none. */
  readonly empty: boolean;
  /** The truth of an element's value that decides, and the answer then; the opposite answer otherwise. */
  readonly decisive: boolean;
  readonly answer: boolean;
}

const quantifier =
  ({ empty, decisive, answer }: Quantifier): Operator =>
  (operand, site) => {
    if (!Array.isArray(operand) || operand.length === 0) return alwaysFails;
    const inner = site.deeper();
    const subject = subjectNode(operand[0], inner);
    const condition = operand.length < 2 ? alwaysFails : conditionBody(operand[1], inner);
    return (data, run) => {
      const elements = subject(data, run);
      if (elements === FAILED) return FAILED;
      if (!isTruthy(elements)) return empty;
      if (!Array.isArray(elements)) return FAILED;
      const body = condition(data, run);
      if (body === FAILED || !body.isOperation) return FAILED;
      return visit(body, elements, run, (value) => (isTruthy(value) === decisive ? answer : undefined)) ?? !answer;
    };
  };

export const elementOperators: readonly (readonly [string, Operator])[] = [
  ['map', map],
  ['filter', filter],
  ['all', quantifier({ empty: false, decisive: false, answer: false })],
  ['some', quantifier({ empty: false, decisive: true, answer: true })],
  ['none', quantifier({ empty: true, decisive: true, answer: false })],
];
