import { compareCodePoints } from '../../../text/code-point-order.ts';
import { simpleLowerCase } from '../../../text/simple-lower-case.ts';
import type { Operator } from './parsed-query.ts';
import type { ValueTest } from './value-test.ts';
import { neverHolds } from './value-test.ts';

/** Compares texts without regard to case, ordered by code points (goff-evaluation §10.5). */
export function textTest(operator: Operator, literal: string): ValueTest {
  const lower = simpleLowerCase(literal);
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'string' && isInLowerCase(value, lower);
    case 'ne':
      return (value) => typeof value === 'string' && !isInLowerCase(value, lower);
    case 'gt':
      return (value) => typeof value === 'string' && compareCodePoints(simpleLowerCase(value), lower) > 0;
    case 'lt':
      return (value) => typeof value === 'string' && compareCodePoints(simpleLowerCase(value), lower) < 0;
    case 'ge':
      return (value) => typeof value === 'string' && compareCodePoints(simpleLowerCase(value), lower) >= 0;
    case 'le':
      return (value) => typeof value === 'string' && compareCodePoints(simpleLowerCase(value), lower) <= 0;
    case 'co':
      return (value) => typeof value === 'string' && simpleLowerCase(value).includes(lower);
    case 'sw':
      return (value) => typeof value === 'string' && simpleLowerCase(value).startsWith(lower);
    case 'ew':
      return (value) => typeof value === 'string' && simpleLowerCase(value).endsWith(lower);
    default:
      return neverHolds;
  }
}

/**
 * Whether `value` in lower case is `lower`. Simple lower-casing keeps the length, and most texts that differ do so
 * within their first letters, so that no lower-case copy is needed for them.
 */
export function isInLowerCase(value: string, lower: string): boolean {
  if (value.length !== lower.length) return false;
  for (let index = 0; index < lower.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) return simpleLowerCase(value) === lower;
    const folded = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
    if (folded !== lower.charCodeAt(index)) return false;
  }
  return true;
}
