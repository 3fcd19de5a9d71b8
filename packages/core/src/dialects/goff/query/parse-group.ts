import { reportIgnored } from './ignored-text.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import type { TokenKind } from './token.ts';

export const queryStarts: TokenKinds = new Set<TokenKind>(['not', 'space', '(', 'attribute']);
const groupStarts: TokenKinds = new Set<TokenKind>(['space', '(']);
const groupEnds: TokenKinds = new Set<TokenKind>(['space', ')']);

/** A parenthesis that is open. Upstream negates it if any token of its own is a NOT, a dropped one included. */
export interface OpenGroup {
  readonly negated: boolean;
  /** Whether its `(` is in the text, and not supplied behind a `not` or a space. */
  readonly written: boolean;
}

interface GroupFollow {
  /** Where to go on after giving up on the group. */
  readonly node: TokenKinds;
  /** What may stand in place of its `)`. */
  readonly following: TokenKinds;
}

interface ClosedGroup {
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
  const parenthesis = cursor.expect('(', queryStarts);
  if (parenthesis === 'missing') return abandon(cursor, 'group-open', follow);
  if (!cursor.check(queryStarts)) return abandon(cursor, 'group-content', follow);
  const content = cursor.kind() === 'space' ? 1 : 0;
  if (!queryStarts.has(cursor.kind(content))) return abandon(cursor, 'group-content', follow);
  if (content === 1) cursor.take();
  const negated = hasNot(cursor, first);
  if (parenthesis === 'supplied') reportSuppliedOpening(cursor, offset, negated);
  return { negated, written: parenthesis === 'found' };
}

function abandon(
  cursor: TokenCursor,
  place: 'group-start' | 'group-open' | 'group-content',
  follow: TokenKinds,
): undefined {
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
export function closeGroup(cursor: TokenCursor, group: OpenGroup, follow: GroupFollow): ClosedGroup {
  const first = cursor.position;
  const end = endGroup(cursor, follow.following);
  if (end === 'closed') return { negated: group.negated || hasNot(cursor, first), failed: false };
  if (end === 'supplied') {
    reportSuppliedClosing(cursor, group);
    return { negated: group.negated || hasNot(cursor, first), failed: false };
  }
  const dropped = cursor.fail(end, follow.node);
  if (dropped.end > dropped.start) reportIgnored(cursor, dropped);
  else reportSuppliedClosing(cursor, group);
  return { negated: group.negated || hasNot(cursor, first), failed: true };
}

function endGroup(cursor: TokenCursor, following: TokenKinds): 'closed' | 'supplied' | 'group-end' | 'group-close' {
  if (!cursor.check(groupEnds)) return 'group-end';
  if (cursor.kind() === 'space') cursor.take();
  const parenthesis = cursor.expect(')', following);
  if (parenthesis === 'missing') return 'group-close';
  return parenthesis === 'found' ? 'closed' : 'supplied';
}

function reportSuppliedClosing({ diagnostics, token }: TokenCursor, group: OpenGroup): void {
  if (!group.written) return;
  const { start } = token();
  const message = 'A ")" is missing; the parenthesis is taken to end here';
  diagnostics.add('query-supplied-parenthesis', message, { start, end: start });
}

function hasNot(cursor: TokenCursor, first: number): boolean {
  for (let index = first; index < cursor.position; index++) {
    if (cursor.token(index).kind === 'not') return true;
  }
  return false;
}
