import { isInteger64 } from './integer-range.ts';
import { isItemKind, parseList } from './parse-list.ts';
import type { Literal } from './parsed-query.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import type { Token, TokenKind } from './token.ts';

export const literalStarts: TokenKinds = new Set<TokenKind>([
  'boolean',
  'null',
  'version',
  'string',
  'double',
  '-',
  'integer',
  '[',
]);

/** Reads a value. @returns undefined if there is none, or one that makes the whole query false (§10.4, §10.5) */
export function parseLiteral(cursor: TokenCursor, follow: TokenKinds): Literal | undefined {
  if (cursor.check(literalStarts)) {
    const kind = cursor.kind();
    const item = cursor.kind(1);
    if (kind === '[' && isItemKind(item)) return parseList(cursor, item, follow);
    if (kind === '-' || kind === 'integer') return parseInteger(cursor, follow);
    if (kind !== '[' && literalStarts.has(kind)) return literalOf(cursor.text, cursor.take());
  }
  cursor.fail('value', follow);
  return undefined;
}

function literalOf(text: string, { kind, start, end }: Token): Literal {
  const written = text.slice(start, end);
  switch (kind) {
    case 'boolean':
      return { kind, value: written === 'true' };
    case 'string':
      return { kind, text: written.slice(1, -1) };
    case 'version':
    case 'double':
      return { kind, text: written };
    default:
      return { kind: 'null' };
  }
}

const afterInteger: TokenKinds = new Set<TokenKind>(['exponent']);

function parseInteger(cursor: TokenCursor, follow: TokenKinds): Literal | undefined {
  const first = cursor.position;
  if (cursor.kind() === '-') cursor.take();
  const integer = cursor.expect('integer', afterInteger);
  if (integer === 'missing') cursor.fail('integer', follow);
  else if (cursor.kind() === 'exponent') cursor.take();
  if (integer !== 'found') return undefined;
  let text = '';
  // more than sign and digits is no number any more, however much there is of it
  const end = Math.min(cursor.position, first + 4);
  for (let index = first; index < end; index++) {
    const token = cursor.token(index);
    text += cursor.text.slice(token.start, token.end);
  }
  return isInteger64(text) ? { kind: 'integer', text } : undefined;
}
