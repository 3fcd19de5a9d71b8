import { reportMissingCondition } from './condition-remarks.ts';
import type { TextRange } from './diagnostic-list.ts';
import { conditionKind, parseCondition, reportSuppliedSpace } from './parse-condition.ts';
import type { OpenGroup } from './parse-group.ts';
import { closeGroup, openGroup, queryStarts } from './parse-group.ts';
import type { Condition, QueryNode } from './parsed-query.ts';
import type { TokenCursor, TokenKinds } from './token-cursor.ts';
import type { TokenKind } from './token.ts';

/** A query whose end has not been seen: the whole one, or the content of a parenthesis. */
interface Level {
  readonly group: OpenGroup | undefined;
  left: QueryNode | undefined;
  /** What joins `left` with the operand that comes next, and the first condition of that. */
  operator: 'and' | 'or';
  rightStart: number;
}

interface TreeState {
  readonly cursor: TokenCursor;
  readonly conditions: Condition[];
  /** In place of the call stack, which a hostile query could exhaust. Never empty. */
  readonly levels: Level[];
}

/** A node, and whether upstream gave up on it. */
interface Parsed {
  readonly node: QueryNode;
  readonly failed: boolean;
}

const nothing: TokenKinds = new Set();
const space: TokenKinds = new Set<TokenKind>(['space']);
const spaceOrClosing: TokenKinds = new Set<TokenKind>(['space', ')']);
const spaceOrEnd: TokenKinds = new Set<TokenKind>(['space', 'end']);

/** Reads a query, whatever it looks like; text behind it is left alone (goff-evaluation §10.3, §10.4). */
export function parseTree(cursor: TokenCursor): { root: QueryNode; conditions: readonly Condition[] } {
  const state: TreeState = { cursor, conditions: [], levels: [levelOf(undefined)] };
  for (;;) {
    const parsed = parseOperand(state);
    const root = parsed === undefined ? undefined : attach(state, parsed);
    if (root !== undefined) return { root, conditions: state.conditions };
  }
}

const levelOf = (group: OpenGroup | undefined): Level => ({ group, left: undefined, operator: 'and', rightStart: 0 });
const lastLevel = ({ levels }: TreeState): Level => levels[levels.length - 1] as Level;

/** What can follow the content of a level. */
const levelFollow = ({ levels }: TreeState): TokenKinds => (levels.length === 1 ? nothing : spaceOrClosing);
/** What can follow something inside of a level's content. */
const insideFollow = ({ levels }: TreeState): TokenKinds => (levels.length === 1 ? space : spaceOrClosing);

const operandFollow = (state: TreeState): TokenKinds =>
  lastLevel(state).left === undefined ? levelFollow(state) : insideFollow(state);

/** @returns undefined if a parenthesis was opened instead */
function parseOperand(state: TreeState): Parsed | undefined {
  const { cursor, levels } = state;
  const follow = operandFollow(state);
  const { start } = cursor.token();
  if (cursor.check(queryStarts)) {
    const kind = conditionKind(cursor);
    if (kind !== undefined) {
      const { condition, failed } = parseCondition(cursor, kind, { node: follow, value: insideFollow(state) });
      return { node: addCondition(state, condition), failed };
    }
    if (cursor.kind() !== 'attribute' && queryStarts.has(cursor.kind())) {
      const group = openGroup(cursor, follow);
      if (group === undefined) return { node: addUnreadable(state, start), failed: true };
      levels.push(levelOf(group));
      return undefined;
    }
  }
  cursor.fail('query', follow);
  return { node: addUnreadable(state, start), failed: true };
}

/** Puts an operand into its place, and closes the levels that end with it. @returns the root once all are closed */
function attach(state: TreeState, parsed: Parsed): QueryNode | undefined {
  const { cursor, levels } = state;
  for (let { node, failed } = parsed; ;) {
    const level = lastLevel(state);
    const { left, operator, rightStart } = level;
    level.left = left === undefined ? node : { kind: operator, left, right: node, rightStart };
    // a first operand that failed takes its chain along
    if (!(failed && left === undefined) && continueChain(state, level)) return undefined;
    if (level.group === undefined) return level.left;
    levels.pop();
    const following = levels.length === 1 ? spaceOrEnd : spaceOrClosing;
    const closed = closeGroup(cursor, level.group, { node: operandFollow(state), following });
    node = closed.negated ? negationOf(level.left) : level.left;
    failed = closed.failed;
  }
}

/** Takes `and` or `or` if one follows. @returns whether there is another operand */
function continueChain(state: TreeState, level: Level): boolean {
  const { cursor, conditions } = state;
  if (cursor.kind() !== 'space' || cursor.kind(1) !== 'logic') return false;
  cursor.take();
  const { start, end } = cursor.take();
  level.operator = cursor.text.slice(start, end) as 'and' | 'or';
  level.rightStart = conditions.length;
  const found = cursor.expect('space', queryStarts);
  if (found === 'supplied') reportSuppliedSpace(cursor);
  if (found !== 'missing') return true;
  cursor.fail('logic-space', levelFollow(state));
  const right = addUnreadable(state, end);
  level.left = { kind: level.operator, left: level.left as QueryNode, right, rightStart: level.rightStart };
  return false;
}

const negationOf = (node: QueryNode): QueryNode => (node.kind === 'not' ? node.inner : { kind: 'not', inner: node });

function addCondition({ conditions }: TreeState, condition: Condition): QueryNode {
  conditions.push(condition);
  return { kind: 'condition', index: conditions.length - 1 };
}

/** What was read since `start` is no condition. */
function addUnreadable(state: TreeState, start: number): QueryNode {
  const { text, position, token } = state.cursor;
  const end = position === 0 ? start : token(position - 1).end;
  const where: TextRange = { start, end: Math.max(start, end) };
  reportMissingCondition(state.cursor, where);
  return addCondition(state, { kind: 'unreadable', offset: start, text: text.slice(start, where.end) });
}
