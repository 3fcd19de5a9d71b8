import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import type { TokenKind } from './token.ts';

export const queryStarts: TokenKinds = new Set<TokenKind>(['not', 'space', '(', 'attribute']);
const groupStarts: TokenKinds = new Set<TokenKind>(['space', '(']);
const groupEnds: TokenKinds = new Set<TokenKind>(['space', ')']);

/** A parenthesis that is open. Upstream negates it if any token of its own is a NOT, a dropped one included. */
export interface OpenGroup {
  readonly offset: number;
  readonly negated: boolean;
}

export interface GroupFollow {
  /** Where to go on after giving up on the group. */
  readonly node: TokenKinds;
  /** What may stand in place of its `)`. */
  readonly following: TokenKinds;
}

export interface ClosedGroup {
  readonly negated: boolean;
  readonly failed: boolean;
}

/** Reads `not`, a space, `(` and a space, as far as they are there. @returns undefined if it fails */
export function openGroup(cursor: TokenCursor, follow: TokenKinds): OpenGroup | undefined {
  const first = cursor.position;
  const offset = cursor.token().start;
  if (cursor.kind() === 'not') cursor.take();
  if (!cursor.check(groupStarts)) return abandon(cursor, 'group-start', follow);
  if (cursor.kind() === 'space') cursor.take();
  const parenthesis = cursor.expect('(', 'group-open', queryStarts);
  if (parenthesis === 'missing') return abandon(cursor, 'group-open', follow);
  if (!cursor.check(queryStarts)) return abandon(cursor, 'group-content', follow);
  const content = cursor.kind() === 'space' ? 1 : 0;
  if (!queryStarts.has(cursor.kind(content))) return abandon(cursor, 'group-content', follow);
  if (content === 1) cursor.take();
  const negated = hasNot(cursor, first);
  if (parenthesis === 'supplied') reportSuppliedOpening(cursor, offset, negated);
  return { offset, negated };
}

function abandon(cursor: TokenCursor, place: 'group-start' | 'group-open' | 'group-content', follow: TokenKinds): undefined {
  cursor.fail(place, follow);
  return undefined;
}

function reportSuppliedOpening(cursor: TokenCursor, start: number, negated: boolean): void {
  const end = cursor.token().start;
  if (negated) {
    const message = '"not" needs parentheses; without them it negates everything up to the end of the enclosing ones';
    cursor.diagnostics.add('query-not-without-parentheses', message, { start, end });
  } else {
    cursor.diagnostics.add('query-ignored-text', 'A space is not needed here', { start, end });
  }
}

/** Reads a space and `)`, as far as they are there. */
export function closeGroup(
  cursor: TokenCursor,
  group: OpenGroup,
  follow: GroupFollow,
): ClosedGroup {
  const first = cursor.position;
  const place = endGroup(cursor, group, follow.following);
  if (place !== undefined) {
    const dropped = cursor.fail(place, follow.node);
    const message = 'There has to be a ")" here, so that this is ignored';
    if (dropped.end > dropped.start) cursor.diagnostics.add('query-ignored-text', message, dropped);
  }
  return { negated: group.negated || hasNot(cursor, first), failed: place !== undefined };
}

/** @returns where it fails */
function endGroup(cursor: TokenCursor, group: OpenGroup, following: TokenKinds): 'group-end' | 'group-close' | undefined {
  if (!cursor.check(groupEnds)) return 'group-end';
  if (cursor.kind() === 'space') cursor.take();
  const parenthesis = cursor.expect(')', 'group-close', following);
  if (parenthesis === 'missing') return 'group-close';
  return undefined;
}

function hasNot(cursor: TokenCursor, first: number): boolean {
  for (let index = first; index < cursor.position; index++) {
    if (cursor.token(index).kind === 'not') return true;
  }
  return false;
}
