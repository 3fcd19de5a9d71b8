import type { Node, Run, Site } from './json-logic-node.ts';
import { FAILED } from './special-values.ts';

/** An operation on the evaluated operand, whatever that is. */
export function onOperand(operand: unknown, site: Site, apply: (value: unknown, run: Run) => unknown): Node {
  const node = site.compile(operand);
  return (data, run) => {
    const value = node(data, run);
    return value === FAILED ? FAILED : apply(value, run);
  };
}

/** An operation on an operand that evaluates to an array; anything else is `otherwise`. */
export function onArray(
  operand: unknown,
  site: Site,
  apply: (values: readonly unknown[], run: Run) => unknown,
  otherwise: unknown = FAILED,
): Node {
  return onOperand(operand, site, (value, run) => (Array.isArray(value) ? apply(value, run) : otherwise));
}

export const alwaysFails = (): typeof FAILED => FAILED;

export function constantNode(value: unknown): Node {
  const node: Node = () => value;
  node.constant = { value };
  return node;
}
