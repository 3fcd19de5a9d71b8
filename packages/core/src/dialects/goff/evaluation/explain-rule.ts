import type { ConditionTrace, TraceStep } from '../../../resolution/explanation.ts';
import { EnrichedAttributes } from '../enriched-attributes.ts';
import type { RuleModel } from '../model/flag-model.ts';
import type { Targeting } from '../model/targeting.ts';
import { explainQuery } from '../query/evaluate-query.ts';
import { compileTargeting } from './compile-targeting.ts';
import type { Question } from '../../dialect.ts';

type RuleStep = Extract<TraceStep, { step: 'rule' }>;

/** Whether a targeting rule applies, condition by condition. */
export function explainRule(rule: RuleModel, index: number, question: Question): RuleStep {
  const step = {
    step: 'rule' as const,
    index,
    ...(rule.name !== undefined && { name: rule.name }),
    query: rule.targeting?.text ?? '',
  };
  if (rule.disable === true) return { ...step, outcome: 'disabled', conditions: [] };
  return { ...step, ...explainTargeting(rule.targeting, question) };
}

function explainTargeting(
  targeting: Targeting | undefined,
  { context, enrichment }: Question,
): { outcome: RuleStep['outcome']; conditions: readonly ConditionTrace[] } {
  const attributes = new EnrichedAttributes(enrichment);
  if (targeting?.kind !== 'query') {
    const matches = compileTargeting(targeting, attributes);
    return { outcome: matches === undefined || matches(context) ? 'matched' : 'did not match', conditions: [] };
  }
  const { matched, error, conditions } = explainQuery(targeting.query, attributes, context);
  const outcome = error ? 'error' : matched ? 'matched' : 'did not match';
  return { outcome, conditions: conditions.map(({ text, outcome: came }) => ({ text, outcome: came })) };
}
