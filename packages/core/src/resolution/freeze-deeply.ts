/**
 * Freezes a JSON value and everything in it, in place, without recursion: answers are shared by all callers.
 *
 * @returns the value itself
 */
export function freezeDeeply<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const current = waiting.pop();
    if (typeof current !== 'object' || current === null || Object.isFrozen(current)) continue;
    Object.freeze(current);
    for (const inner of Object.values(current)) waiting.push(inner);
  }
  return value;
}
