import { createDiagnosticList } from './diagnostic-list.ts';
import { parseTree } from './parse-tree.ts';
import type { ParsedQuery } from './parsed-query.ts';
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
  return { root, conditions, diagnostics: diagnostics.all() };
}
