import { arithmeticNumber, spendOnText, textOf, withoutOuterSpace } from '../conversions.ts';
import { MAX_TEXT_LENGTH } from '../json-logic-limits.ts';
import type { Operator, Run } from '../json-logic-node.ts';
import { onArray, onOperand } from '../operand.ts';
import { FAILED } from '../special-values.ts';

function joined(parts: readonly unknown[], run: Run): unknown {
  if (parts.length === 0) return '';
  if (parts.length === 1) return textOf(parts[0]);
  let text = '';
  run.stepsLeft -= parts.length;
  for (const part of parts) {
    const piece = textOf(part);
    if (piece === FAILED) return FAILED;
    text += piece;
    if (text.length > MAX_TEXT_LENGTH) return FAILED;
  }
  spendOnText(text, run);
  return withoutOuterSpace(text);
}

const INT64_LIMIT = 2 ** 63;

/** A double as a 64-bit integer, the way amd64 converts it: NaN and what does not fit become the least integer. */
function asInteger(value: number): number {
  return value >= -INT64_LIMIT && value < INT64_LIMIT ? Math.trunc(value) : -INT64_LIMIT;
}

/** Where the part ends; before its start, or negative, when there is no such part. */
function endOf(from: number, length: number, size: number): number {
  if (length < 0) return size + length;
  const overflows = length > Number.MAX_SAFE_INTEGER && BigInt(from) + BigInt(length) >= 1n << 63n;
  return overflows ? -1 : Math.min(from + length, size);
}

function substring(values: readonly unknown[], run: Run): unknown {
  const text = textOf(values[0]);
  const start = arithmeticNumber(values[1], run);
  if (text === FAILED || start === FAILED) return FAILED;
  run.stepsLeft -= text.length;
  const points = [...text];
  const first = asInteger(start);
  const from = first < 0 ? points.length + first : first;
  if (from < 0 || from > points.length) return text;
  if (values.length !== 3) return points.slice(from).join('');
  const length = arithmeticNumber(values[2], run);
  if (length === FAILED) return FAILED;
  const to = endOf(from, asInteger(length), points.length);
  return to < from ? FAILED : points.slice(from, to).join('');
}

export const textOperators: readonly (readonly [string, Operator])[] = [
  [
    'cat',
    (operand, site) =>
      onOperand(operand, site, (value, run) => {
        if (typeof value === 'string') return value;
        return Array.isArray(value) ? joined(value, run) : FAILED;
      }),
  ],
  ['substr', (operand, site) => onArray(operand, site, substring)],
];
