import { isInteger64 } from './integer-range.ts';
import type { Literal } from './parsed-query.ts';
import type { Place } from './failure-memory.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import type { TokenKind } from './token.ts';

type ItemKind = 'string' | 'double' | 'integer';

interface ItemRules {
  readonly list: 'strings' | 'doubles' | 'integers';
  readonly place: Place;
  readonly start: TokenKinds;
  valueOf(text: string): string | undefined;
}

const itemRules: Readonly<Record<ItemKind, ItemRules>> = {
  string: { list: 'strings', place: 'string-item', start: new Set(['string']), valueOf: (text) => text.slice(1, -1) },
  double: { list: 'doubles', place: 'double-item', start: new Set(['double']), valueOf: finite },
  integer: { list: 'integers', place: 'integer-item', start: new Set(['integer']), valueOf: integer64 },
};

function finite(text: string): string | undefined {
  return Number.isFinite(Number(text)) ? text : undefined;
}

function integer64(text: string): string | undefined {
  return isInteger64(text) ? text : undefined;
}

export const isItemKind = (kind: TokenKind): kind is ItemKind => Object.hasOwn(itemRules, kind);

/** Reads a list whose `[` and first item are known to follow. @returns undefined if it cannot be evaluated (§10.4) */
export function parseList(cursor: TokenCursor, kind: ItemKind, follow: TokenKinds): Literal | undefined {
  const rules = itemRules[kind];
  const items: string[] = [];
  let readable = true;
  cursor.take();
  for (let more = true; more;) {
    const first = cursor.position;
    more = parseItem(cursor, kind, follow);
    const item = firstOfKind(cursor, first, kind);
    const value = item === undefined ? undefined : rules.valueOf(item);
    if (value === undefined) readable = false;
    else items.push(value);
  }
  return readable ? { kind: rules.list, items } : undefined;
}

/** @returns whether another item follows */
function parseItem(cursor: TokenCursor, kind: ItemKind, follow: TokenKinds): boolean {
  const { place, start } = itemRules[kind];
  if (cursor.check(start) && cursor.kind() === kind && (cursor.kind(1) === 'comma' || cursor.kind(1) === ']')) {
    cursor.take();
    return cursor.take().kind === 'comma';
  }
  const keepsItem = cursor.kind() === kind;
  const dropped = cursor.fail(place, follow);
  const message = keepsItem
    ? 'The list ends with this item, because neither "," nor "]" follows at once'
    : `The items of a list are all of one kind, here ${kind}; once it is reached, the whole query does not match`;
  cursor.diagnostics.add('query-lost-list-items', message, dropped);
  return false;
}

/** Even an item that upstream gave up on counts (§10.4). */
function firstOfKind(cursor: TokenCursor, first: number, kind: ItemKind): string | undefined {
  for (let index = first; index < cursor.position; index++) {
    const token = cursor.token(index);
    if (token.kind === kind) return cursor.text.slice(token.start, token.end);
  }
  return undefined;
}
