import { compareCodePoints } from '../../../text/code-point-order.ts';
import { comparableNumber, spendOnText } from './conversions.ts';
import type { Run } from './json-logic-node.ts';
import { FAILED } from './special-values.ts';
import { isObject } from './value-kinds.ts';

/** Unpaired surrogates count as U+FFFD, hence equal texts may be different strings (of the same length). */
export function isSameText(left: string, right: string, run: Run): boolean {
  if (left.length !== right.length) return false;
  spendOnText(left, run);
  return left === right || compareCodePoints(left, right) === 0;
}

/** `==`: null equals null only, two texts compare exactly, everything else as numbers. */
export function isLooselyEqual(left: unknown, right: unknown, run: Run): boolean {
  if (typeof left === 'string' && typeof right === 'string') return isSameText(left, right, run);
  if (left === null || right === null) return left === right;
  return comparableNumber(left, run) === comparableNumber(right, run);
}

/** `===`: the same kind as well. Arrays and objects are numbers to neither, so they never are equal. */
export function isStrictlyEqual(left: unknown, right: unknown, run: Run): boolean {
  if (typeof left === 'string' && typeof right === 'string') return isSameText(left, right, run);
  return typeof left !== 'object' && typeof left !== 'symbol' ? left === right : left === null && right === null;
}

/** `<`: two texts by code points, everything else as numbers, where null counts as 0. */
export function isLess(left: unknown, right: unknown, run: Run): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    spendOnText(left, run);
    return compareCodePoints(left, right) < 0;
  }
  return comparableNumber(left, run) < comparableNumber(right, run);
}

/** Equality of list elements: same kind and value; two arrays, or two objects, cannot be compared. */
export function isSameElement(left: unknown, right: unknown, run: Run): boolean | typeof FAILED {
  if (typeof left === 'string' && typeof right === 'string') return isSameText(left, right, run);
  if (isObject(left) && isObject(right)) return FAILED;
  if (Array.isArray(left) && Array.isArray(right)) return FAILED;
  return left === right;
}
