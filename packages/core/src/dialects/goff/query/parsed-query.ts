export type Operator = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'co' | 'sw' | 'ew' | 'in';

/** What an attribute is compared with. Numbers stay text, because their kind decides how they are read. */
export type Literal =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'version' | 'string' | 'double' | 'integer'; readonly text: string }
  | { readonly kind: 'strings' | 'doubles' | 'integers'; readonly items: readonly string[] };

export interface Comparison {
  readonly operator: Operator;
  readonly literal: Literal;
}

/** Where a condition was read: UTF-16 units of the joined text. */
interface Site {
  readonly offset: number;
  readonly text: string;
}

/** A condition that could not be read makes the whole query false once it is reached (goff-evaluation §10.4). */
export type Condition =
  | (Site & { readonly kind: 'present'; readonly path: readonly string[] })
  | (Site & { readonly kind: 'comparison'; readonly path: readonly string[] } & Comparison)
  | (Site & { readonly kind: 'unreadable' });

/** Conditions are named by their place in `ParsedQuery.conditions`, which is their order in the text. */
export type QueryNode =
  | { readonly kind: 'condition'; readonly index: number }
  | { readonly kind: 'not'; readonly inner: QueryNode }
  | {
      readonly kind: 'and' | 'or';
      readonly left: QueryNode;
      readonly right: QueryNode;
      /** The condition that `right` begins with. */
      readonly rightStart: number;
    };

export type QueryDiagnosticCode =
  | 'query-trailing-text'
  | 'query-upper-case-word'
  | 'query-symbol-operator'
  | 'query-skipped-characters'
  | 'query-unterminated-string'
  | 'query-ignored-text'
  | 'query-supplied-parenthesis'
  | 'query-supplied-space'
  | 'query-not-without-parentheses'
  | 'query-lost-list-items'
  | 'query-damaged-literal'
  | 'query-unreadable'
  | 'query-impossible-operator'
  | 'query-never-matches';

/** What upstream silently ignores, repairs or can never match. */
export interface QueryDiagnostic {
  readonly code: QueryDiagnosticCode;
  readonly message: string;
  /** Where in the text that was parsed, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

export interface ParsedQuery {
  readonly root: QueryNode;
  readonly conditions: readonly Condition[];
  readonly diagnostics: readonly QueryDiagnostic[];
}
