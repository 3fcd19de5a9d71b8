import type { ConditionTrace, TraceStep } from '../../../resolution/explanation.ts';
import { EnrichedAttributes } from '../enriched-attributes.ts';
import { compileJsonLogic } from '../json-logic/compile-json-logic.ts';
import type { RuleModel } from '../model/flag-model.ts';
import { targetingOf } from '../targeting/targeting.ts';
import { explainQuery } from '../query/evaluate-query.ts';
import type { Question } from './question.ts';

type RuleStep = Extract<TraceStep, { step: 'rule' }>;

/** Whether a targeting rule applies, condition by condition. */
export function explainRule(rule: RuleModel, index: number, question: Question): RuleStep {
  const step = {
    step: 'rule' as const,
    index,
    ...(rule.name !== undefined && { name: rule.name }),
    query: rule.query ?? '',
  };
  if (rule.disable === true) return { ...step, outcome: 'disabled', conditions: [] };
  return { ...step, ...explainTargeting(rule.query, question) };
}

function explainTargeting(
  query: string | undefined,
  { context, enrichment }: Question,
): { outcome: RuleStep['outcome']; conditions: readonly ConditionTrace[] } {
  const attributes = new EnrichedAttributes(enrichment);
  const targeting = query === undefined ? undefined : targetingOf(query);
  if (targeting === undefined || targeting.kind === 'always') return { outcome: 'matched', conditions: [] };
  if (targeting.kind === 'json-logic') {
    const matches = compileJsonLogic(targeting.rule, attributes)(context);
    return { outcome: matches ? 'matched' : 'did not match', conditions: [] };
  }
  const { matched, error, conditions } = explainQuery(targeting.query, attributes, context);
  const outcome = error ? 'error' : matched ? 'matched' : 'did not match';
  return { outcome, conditions: conditions.map(({ text, outcome: came }) => ({ text, outcome: came })) };
}
