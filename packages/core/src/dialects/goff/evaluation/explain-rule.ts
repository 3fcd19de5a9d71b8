import type { TraceStep } from '../../../resolution/explanation.ts';
import { EnrichedAttributes } from '../enriched-attributes.ts';
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

type Targeted = Pick<RuleStep, 'outcome' | 'conditions'>;

const everybody: Targeted = { outcome: 'matched', conditions: [] };

function explainTargeting(query: string | undefined, { context, workshop }: Question): Targeted {
  if (query === undefined) return everybody;
  const targeting = targetingOf(query);
  if (targeting.kind === 'always') return everybody;
  if (targeting.kind === 'json-logic') {
    const isMatch = workshop.targetings.of(query).matches?.(context) ?? true;
    return { outcome: isMatch ? 'matched' : 'did not match', conditions: [] };
  }
  const attributes = new EnrichedAttributes(workshop.surroundings.enrichment);
  const { matched, error, conditions } = explainQuery(targeting.query, attributes, context);
  const outcome = error ? 'error' : matched ? 'matched' : 'did not match';
  return { outcome, conditions: conditions.map(({ text, outcome: came }) => ({ text, outcome: came })) };
}
