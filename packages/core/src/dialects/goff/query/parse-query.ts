import type { TextRange } from './diagnostic-list.ts';
import { createDiagnosticList } from './diagnostic-list.ts';
import { reportSkipped, reportTrailing } from './ignored-text.ts';
import { literalStarts } from './parse-literal.ts';
import { parseTree } from './parse-tree.ts';
import type { ParsedQuery } from './parsed-query.ts';
import type { TokenCursor } from './token-cursor.ts';
import { createTokenCursor } from './token-cursor.ts';
import { tokenizeQuery } from './tokenize-query.ts';

/**
 * Reads a query that `joinQueryLines` has prepared, as leniently as upstream does (goff-evaluation §10.2 to §10.4).
 * Takes every text, in time and stack that do not depend on how it is built.
 */
export function parseQuery(text: string): ParsedQuery {
  const diagnostics = createDiagnosticList();
  const { tokens, skipped } = tokenizeQuery(text);
  const cursor = createTokenCursor(text, tokens, diagnostics);
  const { root, conditions } = parseTree(cursor);
  reportSkipped(text, skipped, diagnostics);
  reportTrailing(cursor, lastLiteralOf(cursor));
  return { root, conditions, diagnostics: diagnostics.all() };
}

/** The literal that the query ends with. */
function lastLiteralOf(cursor: TokenCursor): TextRange | undefined {
  const last = cursor.position > 0 ? cursor.token(cursor.position - 1) : undefined;
  return last !== undefined && literalStarts.has(last.kind) ? last : undefined;
}
