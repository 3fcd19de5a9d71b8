import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Attributes } from '../attributes.ts';
import { jsonLogicMatches } from './json-logic-answer.ts';
import { MAX_COMPILE_STEPS, MAX_STEPS } from './json-logic-limits.ts';
import type { DataSource } from './json-logic-node.ts';
import type { JsonLogicRule } from './parse-json-logic.ts';
import { ruleSite } from './rule-site.ts';
import { FAILED } from './special-values.ts';
import { isSpelledOneWay } from './variable-path.ts';

/** Single attributes are read where they are; all of them are gathered only for rules that look at the whole. */
function contextSource(attributes: Attributes): DataSource {
  return {
    whole: (data) => attributes.all(data as EvaluationContext),
    readerOf(name) {
      if (!isSpelledOneWay(name)) return undefined;
      const read = attributes.readerOf(name);
      return (data) => read(data as EvaluationContext);
    },
  };
}

/**
 * Compiles a rule into a function that says whether a context matches (goff-evaluation §11). Errors of any kind are
 * no match, and so is a rule that nests too deep or takes more than {@link MAX_STEPS} steps.
 */
export function compileJsonLogic(rule: JsonLogicRule, attributes: Attributes): (context: EvaluationContext) => boolean {
  const compilation = { stepsLeft: MAX_COMPILE_STEPS };
  const node = ruleSite(contextSource(attributes), compilation).compile(rule.value);
  if (rule.tooDeep || compilation.stepsLeft < 0) return () => false;
  const run = { stepsLeft: MAX_STEPS };
  return (context) => {
    run.stepsLeft = MAX_STEPS;
    const value = node(context, run);
    return value !== FAILED && jsonLogicMatches(value) && run.stepsLeft >= 0;
  };
}
