import { codePointEnd, isDigit, isLetter, runEnd } from './character-kinds.ts';
import { numberLexeme } from './number-lexeme.ts';
import { stringLexeme } from './string-lexeme.ts';
import type { Lexeme, SkippedText, Token, TokenKind } from './token.ts';
import { signLexeme, wordLexeme } from './word-lexeme.ts';

interface TokenizedQuery {
  /** Ends with one of kind `end`. */
  readonly tokens: readonly Token[];
  readonly skipped: readonly SkippedText[];
}

/** Cuts a query into tokens: longest match, in one pass, skipping what no token can be made of (§10.2). */
export function tokenizeQuery(text: string): TokenizedQuery {
  const tokens: Token[] = [];
  const skipped: SkippedText[] = [];
  for (let start = 0; start < text.length;) {
    const { kind, end } = lexemeAt(text, start);
    if (kind === 'skipped') addSkipped(text, skipped, { start, end });
    else tokens.push({ kind, start, end });
    start = end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return { tokens, skipped };
}

/** Skipped characters that touch are one stretch, but for strings that went wrong. */
function addSkipped(text: string, skipped: SkippedText[], { start, end }: SkippedText): void {
  const last = skipped.at(-1);
  if (last?.end === start && text[start] !== '"' && text[last.start] !== '"') {
    skipped[skipped.length - 1] = { start: last.start, end };
  } else {
    skipped.push({ start, end });
  }
}

const isSpace = (unit: number): boolean => unit === 0x20;
const isLineFeed = (unit: number): boolean => unit === 0x0a;

const signs: ReadonlyMap<string, TokenKind> = new Map(
  (['(', ')', '.', '[', ']'] as const).map((sign) => [sign, sign] as const),
);

function lexemeAt(text: string, at: number): Lexeme {
  const unit = text.charCodeAt(at);
  if (isLetter(unit)) return wordLexeme(text, at);
  if (isDigit(unit)) return numberLexeme(text, at);
  const character = text[at] as string;
  switch (character) {
    case ' ':
      return { kind: 'space', end: runEnd(text, at + 1, isLineFeed) };
    case '"':
      return stringLexeme(text, at);
    case ',':
      return { kind: 'comma', end: runEnd(text, at + 1, isSpace) };
    case '-':
      return isDigit(text.charCodeAt(at + 1)) ? numberLexeme(text, at) : { kind: '-', end: at + 1 };
    case '=':
    case '!':
    case '<':
    case '>':
      return signLexeme(text, at) ?? { kind: 'skipped', end: codePointEnd(text, at + 1) };
    case '\n':
      return { kind: 'line', end: at + 1 };
    default: {
      const kind = signs.get(character);
      return kind === undefined ? { kind: 'skipped', end: codePointEnd(text, at) } : { kind, end: at + 1 };
    }
  }
}
