import { isDigit, isLetter, runEnd } from './character-kinds.ts';
import type { Lexeme } from './token.ts';

const dot = 0x2e;
const zero = 0x30;
const hyphen = 0x2d;

/** An INT, DOUBLE or VERSION, whichever is longest; `from` is at a digit or at the `-` before one (§10.2). */
export function numberLexeme(text: string, from: number): Lexeme {
  const negative = text.charCodeAt(from) === hyphen;
  const integerEnd = integerEndOf(text, negative ? from + 1 : from);
  const fractionEnd = text.charCodeAt(integerEnd) === dot ? runEnd(text, integerEnd + 1, isDigit) : integerEnd;
  if (fractionEnd <= integerEnd + 1) {
    // the sign belongs to DOUBLE only
    return negative ? { kind: '-', end: from + 1 } : { kind: 'integer', end: integerEnd };
  }
  if (!negative && text.charCodeAt(fractionEnd) === dot && integerEndOf(text, integerEnd + 1) === fractionEnd) {
    const patchEnd = integerEndOf(text, fractionEnd + 1);
    if (patchEnd > fractionEnd + 1) return { kind: 'version', end: suffixesEnd(text, patchEnd) };
  }
  return { kind: 'double', end: exponentEnd(text, fractionEnd) };
}

/** @returns the index behind an EXP at `from`, `from` if there is none */
export function exponentEnd(text: string, from: number): number {
  if (text[from] !== 'e' && text[from] !== 'E') return from;
  const digits = text[from + 1] === '+' || text[from + 1] === '-' ? from + 2 : from + 1;
  const end = integerEndOf(text, digits);
  return end > digits ? end : from;
}

/** A number without leading zeros. @returns `from` if there is none */
function integerEndOf(text: string, from: number): number {
  return text.charCodeAt(from) === zero ? from + 1 : runEnd(text, from, isDigit);
}

const isIdentifierUnit = (unit: number): boolean => isDigit(unit) || isLetter(unit) || unit === hyphen;

/** A version's `-pre.release` and `+build`, as far as they are well-formed. */
function suffixesEnd(text: string, from: number): number {
  const preReleaseEnd = text[from] === '-' ? identifiersEnd(text, from, preReleaseIdentifierEnd) : from;
  return text[preReleaseEnd] === '+' ? identifiersEnd(text, preReleaseEnd, buildIdentifierEnd) : preReleaseEnd;
}

const buildIdentifierEnd = (text: string, from: number): number => runEnd(text, from, isIdentifierUnit);

/** A leading zero is only allowed where a letter or hyphen follows; otherwise the identifier ends behind it. */
function preReleaseIdentifierEnd(text: string, from: number): number {
  const digitsEnd = runEnd(text, from, isDigit);
  const end = runEnd(text, digitsEnd, isIdentifierUnit);
  return end === digitsEnd ? integerEndOf(text, from) : end;
}

/** Identifiers with a separator before each; `from` is at the first separator. @returns the index behind the last */
function identifiersEnd(text: string, from: number, endOf: (text: string, from: number) => number): number {
  let end = from;
  for (let separator = from; separator === from || text.charCodeAt(separator) === dot; separator = end) {
    const next = endOf(text, separator + 1);
    if (next === separator + 1) break;
    end = next;
  }
  return end;
}
