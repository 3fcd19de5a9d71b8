type Pair = readonly [unknown, unknown];

/**
 * Whether two JSON values are equal. The order of an object's properties does not matter. Without recursion, so that
 * no depth overflows the stack.
 */
export function sameJson(left: unknown, right: unknown): boolean {
  const waiting: Pair[] = [[left, right]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    if (!samePair(pair, waiting)) return false;
  }
  return true;
}

/** Compares one level; what is inside waits. */
function samePair([left, right]: Pair, waiting: Pair[]): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(right, key)) return false;
    const inner = (left as Record<string, unknown>)[key];
    const other = (right as Record<string, unknown>)[key];
    if (inner !== other) waiting.push([inner, other]);
  }
  return true;
}
