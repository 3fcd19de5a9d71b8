import { decimalText } from '../../../text/decimal-text.ts';
import { parseGoFloat, saysInfinite } from './go-float.ts';
import { TEXT_PER_STEP } from './json-logic-limits.ts';
import type { Run } from './json-logic-node.ts';
import { FAILED } from './special-values.ts';
import { wellFormed } from '../../../text/well-formed-text.ts';

/** What Go trims, which is what Unicode calls white space (U+0085 is in it, U+FEFF is not). */
const BLANK = /^\p{White_Space}*$/u;
const SPACE = /\p{White_Space}/u;
const PLAIN_NUMBER = /^-?\d{1,15}$/;

/** A number for comparisons (goff-evaluation §11.3); NaN for what is none. */
export function comparableNumber(value: unknown, run: Run): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return comparableNumberOfText(value, run);
    default:
      return value === null ? 0 : NaN;
  }
}

function comparableNumberOfText(text: string, run: Run): number {
  if (PLAIN_NUMBER.test(text)) return Number(text);
  spendOnText(text, run);
  if (BLANK.test(text)) return 0;
  const value = parseGoFloat(text);
  // Out of range is an error that leaves NaN here, although arithmetic takes the infinity.
  if (value === undefined || (!Number.isFinite(value) && !saysInfinite(text))) return NaN;
  return value;
}

/** A number for arithmetic (goff-evaluation §11.3). Text that is none counts as 0, other kinds are an error. */
export function arithmeticNumber(value: unknown, run: Run): number | typeof FAILED {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return FAILED;
  if (PLAIN_NUMBER.test(value)) return Number(value);
  spendOnText(value, run);
  return parseGoFloat(value) ?? 0;
}

/** A text for `cat`, `substr` and names (goff-evaluation §11.3). */
export function textOf(value: unknown): string | typeof FAILED {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return decimalText(value);
  return value === null ? '' : FAILED;
}

export function withoutOuterSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACE.test(text.charAt(start))) start++;
  while (end > start && SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Long text costs steps, so that a rule cannot go over it any number of times. */
export function spendOnText(text: string, run: Run): void {
  if (text.length >= TEXT_PER_STEP) run.stepsLeft -= Math.floor(text.length / TEXT_PER_STEP);
}
