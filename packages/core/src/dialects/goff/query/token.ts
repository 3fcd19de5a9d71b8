/** Kinds that are one word or sign are named after it. `line` is a line feed outside a `space`. */
export type TokenKind =
  | '('
  | ')'
  | 'pr'
  | '.'
  | '-'
  | '['
  | ']'
  | 'not'
  | 'logic'
  | 'boolean'
  | 'null'
  | 'operator'
  | 'attribute'
  | 'version'
  | 'string'
  | 'double'
  | 'integer'
  | 'exponent'
  | 'line'
  | 'comma'
  | 'space'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** Characters no token can be made of; upstream drops them without a word. */
export interface SkippedText {
  readonly start: number;
  readonly end: number;
}

/** A piece of text the lexer took: a token, or skipped text. */
export interface Lexeme {
  readonly kind: TokenKind | 'skipped';
  readonly end: number;
}
