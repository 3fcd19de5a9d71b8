import { isNameUnit, runEnd } from './character-kinds.ts';
import { exponentEnd } from './number-lexeme.ts';
import type { Operator } from './parsed-query.ts';
import type { Lexeme, TokenKind } from './token.ts';

const longestKeyword = 5;

const operators: ReadonlyMap<string, Operator> = new Map([
  ...(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'co', 'sw', 'ew', 'in'] as const).flatMap((word) => [
    [word, word] as const,
    [word.toUpperCase(), word] as const,
  ]),
  ['==', 'eq'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['>=', 'ge'],
  ['<=', 'le'],
]);

const keywords: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['pr', 'pr'],
  ['not', 'not'],
  ['NOT', 'not'],
  ['and', 'logic'],
  ['or', 'logic'],
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
]);

/** The operator that is written `text`. */
export const operatorOf = (text: string): Operator => operators.get(text) as Operator;

/** What starts with a letter: a keyword, an attribute's name, or an exponent that stands alone (§10.2). */
export function wordLexeme(text: string, from: number): Lexeme {
  const end = runEnd(text, from, isNameUnit);
  if (end - from > longestKeyword) return { kind: 'attribute', end };
  const word = text.slice(from, end);
  const exponent = exponentEnd(text, from);
  if (exponent > end) return { kind: 'exponent', end: exponent };
  return { kind: keywords.get(word) ?? (operators.has(word) ? 'operator' : 'attribute'), end };
}

/** `==`, `!=`, `>`, `<`, `>=` or `<=`. A single `=` or `!` takes the character behind it along into nothing. */
export function signLexeme(text: string, from: number): Lexeme | undefined {
  if (text[from + 1] === '=') return { kind: 'operator', end: from + 2 };
  const sign = text[from];
  return sign === '<' || sign === '>' ? { kind: 'operator', end: from + 1 } : undefined;
}
