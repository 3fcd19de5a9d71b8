import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Attributes } from '../attributes.ts';
import { compileJsonLogic } from '../json-logic/compile-json-logic.ts';
import type { Targeting } from '../model/targeting.ts';
import { compileQuery } from '../query/compile-query.ts';

/** @returns undefined where everybody matches */
export function compileTargeting(
  targeting: Targeting | undefined,
  attributes: Attributes,
): ((context: EvaluationContext) => boolean) | undefined {
  if (targeting === undefined) return undefined;
  switch (targeting.kind) {
    case 'always':
      return undefined;
    case 'query':
      return compileQuery(targeting.query, attributes);
    case 'json-logic':
      return compileJsonLogic(targeting.rule, attributes);
  }
}
