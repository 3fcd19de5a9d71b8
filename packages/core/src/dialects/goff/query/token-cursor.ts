import type { DiagnosticList, TextRange } from './diagnostic-list.ts';
import { quoted } from './diagnostic-list.ts';
import type { Token, TokenKind } from './token.ts';

/** Where in the grammar the parser is when it fails; failing twice in one place costs a token (§10.4). */
export type Place =
  | 'query'
  | 'group-start'
  | 'group-open'
  | 'group-content'
  | 'group-end'
  | 'group-close'
  | 'comparison-space'
  | 'logic-space'
  | 'value'
  | 'integer'
  | 'integer-item'
  | 'double-item'
  | 'string-item';

export type TokenKinds = ReadonlySet<TokenKind>;

/** Tokens, and what the parser remembers about its last failures. */
export interface TokenCursor {
  readonly text: string;
  readonly diagnostics: DiagnosticList;
  /** Index of the next token. */
  readonly position: number;
  /** Kind of the next token, or of the one `ahead` of it; `end` beyond the last. */
  kind(ahead?: number): TokenKind;
  /** The next token, or the one at `index`. */
  token(index?: number): Token;
  /** Takes the next token, whatever it is, as one that was wanted. */
  take(): Token;
  /** Wants `kind`, and does without it where one of `after` stands in its place. */
  expect(kind: TokenKind, after?: TokenKinds): 'found' | 'supplied' | 'missing';
  /** Whether the next token is one of `kinds`, once a single stray token is dropped. Says yes while recovering. */
  check(kinds: TokenKinds): boolean;
  /** Gives up on the current node: drops tokens until one of `follow`. @returns what was dropped */
  fail(place: Place, follow: TokenKinds): TextRange;
}

/**
 * The error strategy of the parser generator that upstream uses: drop one token, supply one token, or give up on a
 * node and skip to what can follow it (goff-evaluation §10.4).
 */
export function createTokenCursor(text: string, tokens: readonly Token[], diagnostics: DiagnosticList): TokenCursor {
  const last = tokens.length - 1;
  const failures = new Set<Place>();
  let failedAt = -1;
  let recovering = false;
  let position = 0;

  const token = (index = position): Token => tokens[Math.min(index, last)] as Token;
  const kind = (ahead = 0): TokenKind => token(position + ahead).kind;
  const advance = (): Token => {
    const next = token();
    if (position < last) position++;
    return next;
  };
  const take = (): Token => {
    recovering = false;
    failures.clear();
    failedAt = -1;
    return advance();
  };
  const dropStray = (): void => {
    const stray = take();
    const what =
      stray.kind === 'space' ? 'This is one space too many, which' : `${quoted(text, stray)} does not belong here and`;
    diagnostics.add('query-ignored-text', `${what} is ignored`, stray);
  };
  const expect: TokenCursor['expect'] = (wanted, after) => {
    if (kind() !== wanted && kind(1) === wanted) dropStray();
    if (kind() === wanted) {
      take();
      return 'found';
    }
    if (after === undefined || !after.has(kind())) return 'missing';
    recovering = true;
    return 'supplied';
  };
  const check = (kinds: TokenKinds): boolean => {
    if (recovering || kinds.has(kind())) return true;
    if (!kinds.has(kind(1))) return false;
    dropStray();
    return true;
  };
  const fail = (place: Place, follow: TokenKinds): TextRange => {
    const first = position;
    recovering = true;
    // without this a node that fails where it failed before would never end
    if (failedAt === position && failures.has(place)) advance();
    failedAt = position;
    failures.add(place);
    while (position < last && !follow.has(kind())) position++;
    return { start: token(first).start, end: position > first ? token(position - 1).end : token(first).start };
  };
  return {
    text,
    diagnostics,
    get position() {
      return position;
    },
    kind,
    token,
    take,
    expect,
    check,
    fail,
  };
}
