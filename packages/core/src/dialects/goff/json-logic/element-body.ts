import type { Node, Run, Site } from './json-logic-node.ts';
import { constantNode } from './operand.ts';
import { FAILED } from './special-values.ts';
import { isObject } from './value-kinds.ts';

/** A rule that is applied to each element. */
export interface Body {
  readonly node: Node;
  /** What one application costs in steps, whatever operations it is made of. */
  readonly weight: number;
  readonly isOperation: boolean;
}

export function bodyOf(rule: unknown, site: Site): Body {
  const before = site.run.stepsLeft;
  const node = site.perElement().compile(rule);
  return { node, weight: 1 + before - site.run.stepsLeft, isOperation: isObject(rule) };
}

/** Anything but an array literal, whose elements are taken as they stand, or an operation counts as nothing. */
export function subjectNode(subject: unknown, site: Site): Node {
  if (Array.isArray(subject)) return constantNode(subject);
  return isObject(subject) ? site.compile(subject) : constantNode(null);
}

/** Applies the rule until `see` answers something; FAILED when a value is an error or the steps run out. */
export function visit(
  body: Body,
  elements: readonly unknown[],
  run: Run,
  see: (value: unknown, element: unknown) => unknown,
): unknown {
  for (const element of elements) {
    run.stepsLeft -= body.weight;
    if (run.stepsLeft < 0) return FAILED;
    const value = body.node(element, run);
    if (value === FAILED) return FAILED;
    const answer = see(value, element);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
