import type { JsonLogicRule } from '../json-logic/parse-json-logic.ts';
import { parseJsonLogic } from '../json-logic/parse-json-logic.ts';
import { joinQueryLines } from '../query/joined-query.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { ParsedQuery } from '../query/parsed-query.ts';

/** What a rule's `query` asks for (goff-evaluation §10.1). */
export type Targeting =
  | { readonly kind: 'always' }
  | {
      readonly kind: 'query';
      readonly query: ParsedQuery;
      readonly offsetOf: (index: number) => number;
    }
  | { readonly kind: 'json-logic'; readonly rule: JsonLogicRule };

/** Parses the text of a `query` property. Never fails: what cannot be parsed matches nobody. */
export function targetingOf(text: string): Targeting {
  const joined = joinQueryLines(text);
  if (joined.text === '') return { kind: 'always' };
  const rule = parseJsonLogic(joined.text);
  if (rule !== undefined) return { kind: 'json-logic', rule };
  return { kind: 'query', query: parseQuery(joined.text), offsetOf: joined.offsetOf };
}
