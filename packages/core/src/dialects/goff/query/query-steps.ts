import type { ParsedQuery, QueryNode } from './parsed-query.ts';

/** Ends of a query, in place of a condition's index. */
export const matched = -1;
export const unmatched = -2;

/** For each condition the next one to look at, or the query's end, if it holds and if it does not. */
export interface QuerySteps {
  readonly ifTrue: readonly number[];
  readonly ifFalse: readonly number[];
}

interface Visit {
  readonly node: QueryNode;
  readonly ifTrue: number;
  readonly ifFalse: number;
}

/**
 * Turns the tree into jumps from condition to condition, always forward: parentheses and `not` cost nothing when
 * the query is evaluated, and no depth of nesting can exhaust the stack.
 */
export function stepsOf({ root, conditions }: ParsedQuery): QuerySteps {
  const steps = {
    ifTrue: conditions.map(() => unmatched),
    ifFalse: conditions.map(() => unmatched),
  };
  const open: Visit[] = [{ node: root, ifTrue: matched, ifFalse: unmatched }];
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { node, ifTrue, ifFalse } = visit;
    switch (node.kind) {
      case 'condition':
        steps.ifTrue[node.index] = ifTrue;
        steps.ifFalse[node.index] = ifFalse;
        break;
      case 'not':
        open.push({ node: node.inner, ifTrue: ifFalse, ifFalse: ifTrue });
        break;
      case 'and':
        open.push({ node: node.right, ifTrue, ifFalse }, { node: node.left, ifTrue: node.rightStart, ifFalse });
        break;
      case 'or':
        open.push({ node: node.right, ifTrue, ifFalse }, { node: node.left, ifTrue, ifFalse: node.rightStart });
        break;
    }
  }
  return steps;
}
