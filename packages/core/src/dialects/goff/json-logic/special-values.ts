/** Stands for an error. Rules fail often (a missing attribute in a sum will do), too often for exceptions. */
export const FAILED: unique symbol = Symbol('failed');

/**
 * What the relay gets from `-` and `/` without operands: a zero that is none of its JSON kinds. It is falsy and is
 * written as 0, but no operation takes it for a number (goff-evaluation §11.4, last line).
 */
export const BARE_ZERO: unique symbol = Symbol('0');
