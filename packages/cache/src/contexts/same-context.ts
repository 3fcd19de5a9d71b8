import type { EvaluationContext } from '@halyard/core';
import { sameJson } from '@halyard/core';

/**
 * Whether two checked contexts mean the same: equal attributes, in whatever order. An attribute that is undefined is
 * not there, since it is not sent either.
 */
export function sameContext(left: EvaluationContext, right: EvaluationContext): boolean {
  let attributes = 0;
  for (const name in left) {
    const value = left[name];
    if (value === undefined) continue;
    attributes++;
    // an attribute may be named like one that every object has
    if (!Object.hasOwn(right, name)) return false;
    const other = right[name];
    if (value !== other && !sameJson(value, other)) return false;
  }
  for (const name in right) if (right[name] !== undefined) attributes--;
  return attributes === 0;
}
