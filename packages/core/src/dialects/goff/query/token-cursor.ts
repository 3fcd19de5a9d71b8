import type { DiagnosticList, TextRange } from './diagnostic-list.ts';
import { quoted } from './diagnostic-list.ts';
import type { Place } from './failure-memory.ts';
import { createFailureMemory } from './failure-memory.ts';
import { createTokenStream } from './token-stream.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token, TokenKind } from './token.ts';

export type TokenKinds = ReadonlySet<TokenKind>;

/** Tokens, and the ways to get on with those that are not where they belong. */
export interface TokenCursor extends Omit<TokenStream, 'advance'> {
  readonly text: string;
  readonly diagnostics: DiagnosticList;
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
  const stream = createTokenStream(tokens);
  const failures = createFailureMemory();
  const { kind, token } = stream;
  const take = (): Token => {
    failures.forget();
    return stream.advance();
  };
  const dropStray = (): void => reportStray(text, take(), diagnostics);
  return {
    text,
    diagnostics,
    get position() {
      return stream.position;
    },
    kind,
    token,
    take,
    expect: (wanted, after) => {
      if (kind() !== wanted && kind(1) === wanted) dropStray();
      if (kind() === wanted) {
        take();
        return 'found';
      }
      if (!after?.has(kind())) return 'missing';
      failures.startRecovering();
      return 'supplied';
    },
    check: (kinds) => {
      if (failures.recovering || kinds.has(kind())) return true;
      if (!kinds.has(kind(1))) return false;
      dropStray();
      return true;
    },
    fail: (place, follow) => {
      const first = stream.position;
      // without this a node that fails where it failed before would never end
      if (failures.knows(place, first)) stream.advance();
      failures.add(place, stream.position);
      while (kind() !== 'end' && !follow.has(kind())) stream.advance();
      return rangeOf(stream, first);
    },
  };
}

function rangeOf({ position, token }: TokenStream, first: number): TextRange {
  const { start } = token(first);
  return { start, end: position > first ? token(position - 1).end : start };
}

function reportStray(text: string, stray: Token, diagnostics: DiagnosticList): void {
  const what =
    stray.kind === 'space' ? 'This is one space too many, which' : `${quoted(text, stray)} does not belong here and`;
  diagnostics.add('query-ignored-text', `${what} is ignored`, stray);
}
