import type { Token, TokenKind } from './token.ts';

/** Tokens one after the other; the last, of kind `end`, is never passed. */
export interface TokenStream {
  /** Index of the next token. */
  readonly position: number;
  /** Kind of the next token, or of the one `ahead` of it; `end` beyond the last. */
  kind(ahead?: number): TokenKind;
  /** The next token, or the one at `index`. */
  token(index?: number): Token;
  /** Passes the next token. */
  advance(): Token;
}

export function createTokenStream(tokens: readonly Token[]): TokenStream {
  const last = tokens.length - 1;
  let position = 0;
  const token = (index = position): Token => tokens[index < last ? index : last] as Token;
  return {
    get position() {
      return position;
    },
    token,
    kind: (ahead = 0) => token(position + ahead).kind,
    advance: () => {
      const next = token();
      if (position < last) position++;
      return next;
    },
  };
}
