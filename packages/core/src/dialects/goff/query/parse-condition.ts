import { literalStarts, parseLiteral } from './parse-literal.ts';
import type { Condition } from './parsed-query.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import { operatorOf } from './word-lexeme.ts';

export interface ParsedCondition {
  readonly condition: Condition;
  /** Whether upstream gave up on the node, which ends the chain it stands in (goff-evaluation §10.4). */
  readonly failed: boolean;
}

/** What a condition is compared by: `pr` or an operator. @returns undefined if no condition starts here */
export function conditionKind(cursor: TokenCursor): 'pr' | 'operator' | undefined {
  if (cursor.kind() !== 'attribute') return undefined;
  let ahead = 1;
  while (cursor.kind(ahead) === '.' && cursor.kind(ahead + 1) === 'attribute') ahead += 2;
  if (cursor.kind(ahead) !== 'space') return undefined;
  const kind = cursor.kind(ahead + 1);
  return kind === 'pr' || kind === 'operator' ? kind : undefined;
}

/** Reads a condition that `conditionKind` has seen. `follow` is what can stand behind it and behind its value. */
export function parseCondition(
  cursor: TokenCursor,
  kind: 'pr' | 'operator',
  follow: { readonly node: TokenKinds; readonly value: TokenKinds },
): ParsedCondition {
  const first = cursor.token();
  const path = parsePath(cursor);
  cursor.take();
  const operator = cursor.take();
  const site = (): { offset: number; text: string } => textSince(cursor, first.start);
  if (kind === 'pr') return { condition: { kind: 'present', path, ...site() }, failed: false };
  if (cursor.expect('space', 'comparison-space', literalStarts) === 'missing') {
    cursor.fail('comparison-space', follow.node);
    return { condition: { kind: 'unreadable', ...site() }, failed: true };
  }
  const literal = parseLiteral(cursor, follow.value);
  if (literal === undefined) return { condition: { kind: 'unreadable', ...site() }, failed: false };
  const comparison = { operator: operatorOf(cursor.text.slice(operator.start, operator.end)), literal };
  return { condition: { kind: 'comparison', path, ...comparison, ...site() }, failed: false };
}

function parsePath(cursor: TokenCursor): readonly string[] {
  const path: string[] = [];
  do {
    if (path.length > 0) cursor.take();
    const { start, end } = cursor.take();
    path.push(cursor.text.slice(start, end));
  } while (cursor.kind() === '.');
  return path;
}

function textSince(cursor: TokenCursor, offset: number): { offset: number; text: string } {
  const end = cursor.token(cursor.position - 1).end;
  return { offset, text: cursor.text.slice(offset, end) };
}
