import { isSameElement, isSameText } from '../comparison.ts';
import { arithmeticNumber, spendOnText } from '../conversions.ts';
import type { Operator, Run } from '../json-logic-node.ts';
import { onArray } from '../operand.ts';
import { FAILED } from '../special-values.ts';
import { wellFormed } from '../../../../text/well-formed-text.ts';

type Answer = boolean | typeof FAILED;

/** `[low, high]`, both included. The upper bound is only looked at once the lower one holds. */
function isInRange(needle: unknown, range: readonly unknown[], run: Run): Answer {
  if (range.length < 2) return FAILED;
  const value = arithmeticNumber(needle, run);
  const low = arithmeticNumber(range[0], run);
  if (value === FAILED || low === FAILED) return FAILED;
  if (!(value >= low)) return false;
  const high = arithmeticNumber(range[1], run);
  return high === FAILED ? FAILED : high >= value;
}

function matchesElement(needle: unknown, element: unknown, run: Run): Answer {
  if (Array.isArray(element)) return isInRange(needle, element, run);
  if (typeof needle === 'number') {
    const number = arithmeticNumber(element, run);
    return number === FAILED ? FAILED : number === needle;
  }
  return isSameElement(needle, element, run);
}

function isInArray(needle: unknown, haystack: readonly unknown[], run: Run): Answer {
  for (let index = 0; index < haystack.length; index++) {
    const element: unknown = haystack[index];
    if (needle === element && typeof needle === 'string') return true;
    if (--run.stepsLeft < 0) return FAILED;
    const answer = matchesElement(needle, element, run);
    if (answer !== false) return answer;
  }
  return false;
}

function isIn(values: readonly unknown[], run: Run): Answer {
  if (values.length === 0) return FAILED;
  const [needle, haystack] = values;
  if (typeof haystack === 'string') {
    if (typeof needle !== 'string') return FAILED;
    spendOnText(haystack, run);
    return wellFormed(haystack).includes(wellFormed(needle));
  }
  return Array.isArray(haystack) ? isInArray(needle, haystack, run) : false;
}

/** Whether the list has such an element; what cannot be compared only matters before it is found. */
function has(list: readonly unknown[], wanted: unknown, run: Run): Answer {
  for (const element of list) {
    if (--run.stepsLeft < 0) return FAILED;
    const answer =
      typeof element === 'string' && typeof wanted === 'string'
        ? isSameText(element, wanted, run)
        : isSameElement(element, wanted, run);
    if (answer !== false) return answer;
  }
  return false;
}

interface Containment {
  /** The answer unless there are exactly two arrays. */
  readonly otherwise: boolean;
  /** Whether an element is there that decides, and the answer then; the opposite answer otherwise. */
  readonly decisive: boolean;
  readonly answer: boolean;
}

const containment =
  ({ otherwise, decisive, answer }: Containment): Operator =>
  (operand, site) =>
    onArray(
      operand,
      site,
      (values, run) => {
        const [list, wanted] = values;
        if (values.length !== 2 || !Array.isArray(list) || !Array.isArray(wanted)) return otherwise;
        for (const element of wanted) {
          if (--run.stepsLeft < 0) return FAILED;
          const found = has(list, element, run);
          if (found === FAILED) return FAILED;
          if (found === decisive) return answer;
        }
        return !answer;
      },
      otherwise,
    );

export const membershipOperators: readonly (readonly [string, Operator])[] = [
  ['in', (operand, site) => onArray(operand, site, isIn)],
  ['contains_all', containment({ otherwise: false, decisive: false, answer: false })],
  ['contains_any', containment({ otherwise: false, decisive: true, answer: true })],
  ['contains_none', containment({ otherwise: true, decisive: true, answer: false })],
];
