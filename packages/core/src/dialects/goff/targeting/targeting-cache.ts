import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Attributes } from '../attributes.ts';
import { isAcceptedJsonLogic } from '../json-logic/accepted-json-logic.ts';
import { compileJsonLogic } from '../json-logic/compile-json-logic.ts';
import { targetingOf } from './targeting.ts';
import { compileQuery } from '../query/compile-query.ts';
import { isAcceptedQuery } from '../query/evaluate-query.ts';

/** Something that the relay silently ignores or repairs in a query; `offset` counts in the query as written. */
interface Remark {
  readonly code: string;
  readonly message: string;
  readonly offset?: number;
}

/** A query, ready to be asked. Holds nothing of how it was parsed. */
export interface CompiledTargeting {
  /** Undefined where everybody matches. */
  readonly matches: ((context: EvaluationContext) => boolean) | undefined;
  /** Why the relay would refuse a rule with this query. */
  readonly refusal: Remark | undefined;
  readonly remarks: readonly Remark[];
}

/** How many queries are remembered, and up to which length. */
const MOST_QUERIES = 4_096;
const LONGEST_QUERY = 4_096;

/**
 * Compiles queries, each different one once: in most files a few conditions come back in flag after flag. What is
 * compiled does not depend on the flag, so flags share it.
 */
export class TargetingCache {
  readonly #attributes: Attributes;
  readonly #known = new Map<string, CompiledTargeting>();

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
  }

  of(query: string): CompiledTargeting {
    const known = this.#known.get(query);
    if (known !== undefined) return known;
    const compiled = compile(query, this.#attributes);
    if (this.#known.size >= MOST_QUERIES) this.#known.clear();
    if (query.length <= LONGEST_QUERY) this.#known.set(query, compiled);
    return compiled;
  }
}

const noRemarks: readonly Remark[] = [];

function compile(query: string, attributes: Attributes): CompiledTargeting {
  const targeting = targetingOf(query);
  switch (targeting.kind) {
    case 'always':
      return {
        matches: undefined,
        refusal: { code: 'query-missing', message: 'a targeting rule needs a query' },
        remarks: noRemarks,
      };
    case 'json-logic': {
      const isRefused = !isAcceptedJsonLogic(query);
      const tooDeep = { code: 'json-logic-too-deep', message: 'the rule is nested too deeply and matches nobody' };
      return {
        matches: compileJsonLogic(targeting.rule, attributes),
        refusal: isRefused
          ? { code: 'json-logic-invalid', message: 'the query is JSON, but no JsonLogic rule' }
          : undefined,
        remarks: targeting.rule.tooDeep ? [tooDeep] : noRemarks,
      };
    }
    case 'query': {
      const { query: parsed, offsetOf } = targeting;
      const remarks = parsed.diagnostics.map(({ code, message, offset }) => ({
        code,
        message,
        offset: offsetOf(offset),
      }));
      return {
        matches: compileQuery(parsed, attributes),
        refusal: isAcceptedQuery(parsed)
          ? undefined
          : { code: 'query-invalid', message: 'the query cannot be evaluated' },
        remarks: remarks.length === 0 ? noRemarks : remarks,
      };
    }
  }
}
