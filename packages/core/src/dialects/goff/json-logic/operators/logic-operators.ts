import type { Node, Operator } from '../json-logic-node.ts';
import { alwaysFails, constantNode, onOperand } from '../operand.ts';
import { FAILED } from '../special-values.ts';
import { isObject, isTruthy } from '../value-kinds.ts';

/** The first value whose truth is `wanted`, else the last one. */
function firstWhere(wanted: boolean): Operator {
  return (operand, site) => {
    if (!Array.isArray(operand)) return alwaysFails;
    const inner = site.deeper();
    const parts = operand.map((part) => inner.compile(part));
    return (data, run) => {
      let last: unknown = null;
      for (let index = 0; index < parts.length; index++) {
        last = (parts[index] as Node)(data, run);
        if (last === FAILED || isTruthy(last) === wanted) return last;
      }
      return last;
    };
  };
}

const conditional: Operator = (operand, site) => {
  if (!Array.isArray(operand)) return alwaysFails;
  const inner = site.deeper();
  const parts = operand.map((part) => inner.compile(part));
  const otherwise = parts.length % 2 === 1 ? parts.pop() : undefined;
  const chosen = otherwise ?? constantNode(null);
  return (data, run) => {
    let branch = chosen;
    for (let index = 0; index < parts.length; index += 2) {
      const condition = (parts[index] as Node)(data, run);
      if (condition === FAILED) return FAILED;
      if (!isTruthy(condition)) continue;
      branch = parts[index + 1] as Node;
      break;
    }
    const value = branch(data, run);
    // A branch that yields an object is a rule once more, even if the object came from the data.
    return isObject(value) ? inner.evaluate(value, data, run) : value;
  };
};

const truthOfFirst = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 ? isTruthy(value[0]) : isTruthy(value);

export const logicOperators: readonly (readonly [string, Operator])[] = [
  ['and', firstWhere(false)],
  ['or', firstWhere(true)],
  ['if', conditional],
  ['?:', conditional],
  ['!', (operand, site) => onOperand(operand, site, (value) => !truthOfFirst(value))],
  ['!!', (operand, site) => onOperand(operand, site, truthOfFirst)],
];
