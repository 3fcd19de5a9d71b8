import { codePointEnd, isHexDigit, runEnd } from './character-kinds.ts';
import type { Lexeme } from './token.ts';

const quote = 0x22;
const backslash = 0x5c;

/**
 * A STRING from its quote on. One with an illegal escape is skipped up to the character that makes it illegal, an
 * unterminated one to the end of the text (goff-evaluation §10.2).
 */
export function stringLexeme(text: string, from: number): Lexeme {
  let at = from + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === quote) return { kind: 'string', end: at + 1 };
    const next = unit === backslash ? escapeEnd(text, at) : at + 1;
    if (next < 0) return { kind: 'skipped', end: codePointEnd(text, -next) };
    at = next;
  }
  return { kind: 'skipped', end: text.length };
}

/** @returns the index behind the escape, or the negated index of what makes it illegal */
function escapeEnd(text: string, at: number): number {
  const letter = text[at + 1];
  if (letter !== 'u') return letter !== undefined && '"\\/bfnrt'.includes(letter) ? at + 2 : -(at + 1);
  const end = Math.min(runEnd(text, at + 2, isHexDigit), at + 6);
  return end === at + 6 ? end : -end;
}
