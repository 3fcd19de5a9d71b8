import { reportImpossible, reportMissingValue } from './condition-remarks.ts';
import { literalStarts, parseLiteral } from './parse-literal.ts';
import type { Condition } from './parsed-query.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import { operatorOf } from './word-lexeme.ts';

interface ParsedCondition {
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
  const { start } = cursor.token();
  const path = parsePath(cursor);
  cursor.take();
  const operator = cursor.take();
  if (kind === 'pr') return { condition: { kind: 'present', path, ...siteSince(cursor, start) }, failed: false };
  const space = cursor.expect('space', literalStarts);
  if (space === 'missing') cursor.fail('comparison-space', follow.node);
  else if (space === 'supplied') reportSuppliedSpace(cursor);
  const valueStart = cursor.token().start;
  const literal = space === 'missing' ? undefined : parseLiteral(cursor, follow.value);
  const site = siteSince(cursor, start);
  const where = { start, end: start + site.text.length };
  if (literal === undefined) {
    reportMissingValue(cursor, where, valueStart);
    return { condition: { kind: 'unreadable', ...site }, failed: space === 'missing' };
  }
  const comparison = { operator: operatorOf(cursor.text.slice(operator.start, operator.end)), literal };
  reportImpossible(cursor, comparison, where);
  return { condition: { kind: 'comparison', path, ...comparison, ...site }, failed: false };
}

/** Tells that a space is missing before the next token. */
export function reportSuppliedSpace({ diagnostics, token }: TokenCursor): void {
  const { start } = token();
  diagnostics.add('query-supplied-space', 'A space belongs here', { start, end: start });
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

function siteSince(cursor: TokenCursor, offset: number): { offset: number; text: string } {
  const end = cursor.token(cursor.position - 1).end;
  return { offset, text: cursor.text.slice(offset, end) };
}
