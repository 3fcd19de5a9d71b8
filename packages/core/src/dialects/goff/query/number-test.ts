import { exactInteger } from './integer-range.ts';
import type { Operator } from './parsed-query.ts';
import type { ValueTest } from './value-test.ts';
import { neverHolds } from './value-test.ts';

/** Compares numbers as doubles. A literal beyond all doubles is never compared (goff-evaluation §10.5). */
export function doubleTest(operator: Operator, text: string): ValueTest {
  const literal = Number(text);
  if (!Number.isFinite(literal)) return neverHolds;
  switch (operator) {
    case 'eq':
      return (value) => value === literal;
    case 'ne':
      return (value) => typeof value === 'number' && value !== literal;
    case 'gt':
      return (value) => typeof value === 'number' && value > literal;
    case 'lt':
      return (value) => typeof value === 'number' && value < literal;
    case 'ge':
      return (value) => typeof value === 'number' && value >= literal;
    case 'le':
      return (value) => typeof value === 'number' && value <= literal;
    default:
      return neverHolds;
  }
}

const integerLimit = 2 ** 63;

/** A number as 64-bit integer the way amd64 converts: towards zero, and to −2^63 whatever does not fit. */
function truncated(value: number): number {
  return value >= integerLimit || value < -integerLimit ? -integerLimit : Math.trunc(value);
}

/** Compares numbers, without their fraction, with a 64-bit integer, exactly (goff-evaluation §10.5). */
export function integerTest(operator: Operator, text: string): ValueTest {
  // numbers and BigInts compare exactly, but are never the same
  const literal = exactInteger(text);
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'number' && truncated(value) === literal;
    case 'ne':
      return (value) => typeof value === 'number' && truncated(value) !== literal;
    case 'gt':
      return (value) => typeof value === 'number' && truncated(value) > literal;
    case 'lt':
      return (value) => typeof value === 'number' && truncated(value) < literal;
    case 'ge':
      return (value) => typeof value === 'number' && truncated(value) >= literal;
    case 'le':
      return (value) => typeof value === 'number' && truncated(value) <= literal;
    default:
      return neverHolds;
  }
}

/** Whether a number counts as one of the 64-bit integers (goff-evaluation §8). */
export function isWhole(value: number): boolean {
  return Number.isInteger(value) && value < integerLimit && value >= -integerLimit;
}
