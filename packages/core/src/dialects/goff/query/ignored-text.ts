import type { DiagnosticList, TextRange } from './diagnostic-list.ts';
import { quoted } from './diagnostic-list.ts';
import type { TokenCursor } from './token-cursor.ts';
import type { SkippedText } from './token.ts';

const logicSigns = /^(&+|\|+)$/;

/** Tells about characters no token could be made of. */
export function reportSkipped(text: string, skipped: readonly SkippedText[], diagnostics: DiagnosticList): void {
  for (const where of skipped) {
    const part = text.slice(where.start, where.end);
    if (logicSigns.test(part)) {
      const word = part.startsWith('&') ? 'and' : 'or';
      diagnostics.add('query-symbol-operator', `${quoted(text, where)} is skipped: write "${word}"`, where);
    } else if (part.startsWith('"') && where.end === text.length) {
      const message = 'The text that begins here has no closing quote, so that all of it is skipped';
      diagnostics.add('query-unterminated-string', message, where);
    } else {
      diagnostics.add('query-skipped-characters', `${quoted(text, where)} is skipped: ${hintFor(part)}`, where);
    }
  }
}

function hintFor(part: string): string {
  if (part.startsWith('"')) {
    return 'a backslash may only stand before " \\ / b f n r t, or before u and four hexadecimal digits';
  }
  if (part.includes("'")) return 'texts are written in double quotes';
  if (part.includes('=')) return 'equality is written "eq" or "=="';
  if (part.includes('\t')) return 'only plain spaces separate words';
  return 'it is not part of the query language';
}

/** Tells about text that stands where nothing of the kind may stand. */
export function reportIgnored(cursor: TokenCursor, where: TextRange): void {
  if (reportUpperCaseLogic(cursor, where)) return;
  const { text, diagnostics } = cursor;
  diagnostics.add('query-ignored-text', `${quoted(text, where)} does not belong here and is ignored`, where);
}

const logicInAnyCase = /^ *(and|or)(?![-\w:])/i;

function reportUpperCaseLogic({ text, diagnostics }: TokenCursor, where: TextRange): boolean {
  const [found = '', word = ''] = logicInAnyCase.exec(text.slice(where.start, where.start + 80)) ?? [];
  const lower = word.toLowerCase();
  if (word === lower) return false;
  const end = where.start + found.length;
  const message = `"${word}" is no operator: write "${lower}". What follows is ignored`;
  diagnostics.add('query-upper-case-word', message, { start: end - word.length, end });
  return true;
}

/** Tells about text behind a query that is complete. */
export function reportTrailing(cursor: TokenCursor, lastLiteral: TextRange | undefined): void {
  const { text, diagnostics } = cursor;
  const where = trimmed(text, { start: cursor.token().start, end: text.length });
  if (where.start === where.end) return;
  if (lastLiteral?.end === where.start && text[where.start] !== ')') {
    reportDamage(cursor, lastLiteral);
  } else if (!reportUpperCaseLogic(cursor, where)) {
    diagnostics.add('query-trailing-text', `The query ends before ${quoted(text, where)}, which is ignored`, where);
  }
}

function trimmed(text: string, { start, end }: TextRange): TextRange {
  let first = start;
  let last = end;
  while (first < last && text[first] === ' ') first++;
  while (last > first && text[last - 1] === ' ') last--;
  return { start: first, end: last };
}

const dateLike = /^\d{4}-\d\d-\d\d/;

/** Tells about a value that goes on after its end. */
function reportDamage({ text, diagnostics }: TokenCursor, literal: TextRange): void {
  const space = text.indexOf(' ', literal.end);
  const end = space < 0 ? text.length : space;
  const rest = quoted(text, { start: literal.end, end });
  const isDate = dateLike.test(text.slice(literal.start, literal.start + 10));
  const hint = isDate ? '. A date is a text in double quotes' : '';
  const message = `The value is just ${quoted(text, literal)}; ${rest} and all that follows is ignored${hint}`;
  diagnostics.add('query-damaged-literal', message, { start: literal.start, end });
}
