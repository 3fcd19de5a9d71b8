import { ALL_BUCKETS, bucketOf } from '../../../bucketing/shares.ts';
import { pathReader } from '../../../context/attribute-reader.ts';
import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import { fnv1a } from '../../../hash/fnv1a.ts';
import type { TraceStep } from '../../../resolution/explanation.ts';
import type { FeatureModel, FeatureRule } from '../model/ruleset-model.ts';
import type { PlacedFeature, RulesetSetting } from './compile-feature.ts';
import { isOnOf } from './compile-feature.ts';
import { groupShares, percentageShares } from './group-shares.ts';
import { userIdAttribute, userIdOf } from './user-id.ts';

/** The steps of rulesets §3 for one context, as they are taken. */
export function explainFeature(placed: PlacedFeature, context: EvaluationContext): readonly TraceStep[] {
  const { feature, setting } = placed;
  const { killedBy, enrichment } = setting;
  if (killedBy !== undefined) return [{ step: 'kill-switch', by: killedBy }];
  if (!feature.enabled) return [{ step: 'disabled', because: 'enabled' }];
  const trace: TraceStep[] = [];
  const attributes = Object.keys(enrichment);
  if (attributes.length > 0) trace.push({ step: 'enrichment', attributes });
  if (explainRequirements(placed, context, trace)) explainRule(feature, setting, context, trace);
  return trace;
}

/** @returns whether all are on */
function explainRequirements(
  { requirements, setting }: PlacedFeature,
  context: EvaluationContext,
  trace: TraceStep[],
): boolean {
  for (const { feature } of requirements) {
    const isOn = isOnOf(feature, setting)(context);
    trace.push({ step: 'requirement', feature: feature.name, isOn });
    if (!isOn) {
      trace.push({ step: 'baseline' });
      return false;
    }
  }
  return true;
}

function explainRule(
  { name, rule }: FeatureModel,
  setting: RulesetSetting,
  context: EvaluationContext,
  trace: TraceStep[],
): void {
  if (rule.type === 'user_targeting') {
    const isMatch = explainTargeting(rule, setting, context, trace);
    if (!isMatch) trace.push({ step: 'baseline' });
    return;
  }
  const isFixed = rule.type === 'percentage' && (rule.percentage === 0 || rule.percentage === 100);
  const shares = rule.type === 'percentage' ? percentageShares(rule) : groupShares(rule);
  if (isFixed) {
    if (rule.percentage === 0) trace.push({ step: 'baseline' });
    return;
  }
  const attribute = userIdAttribute(context);
  if (attribute === undefined) {
    trace.push({ step: 'bucketing-key', attribute: 'targetingKey', error: 'there is no user id' });
    return;
  }
  const key = userIdOf(context);
  trace.push({ step: 'bucketing-key', attribute, key });
  const bucket = bucketOf(fnv1a(key, fnv1a(name)), ALL_BUCKETS);
  trace.push({ step: 'percentage', bucket, modulus: ALL_BUCKETS, shares });
}

type Targeting = Extract<FeatureRule, { type: 'user_targeting' }>;

const outcomeOf = (isMatch: boolean): 'matched' | 'did not match' => (isMatch ? 'matched' : 'did not match');

/** @returns whether the lists or the attributes decide */
function explainTargeting(
  { blacklist, whitelist, attributes }: Targeting,
  { enrichment }: RulesetSetting,
  context: EvaluationContext,
  trace: TraceStep[],
): boolean {
  const id = userIdOf(context);
  const lists = [
    ['blacklist', blacklist],
    ['whitelist', whitelist],
  ] as const;
  for (const [list, users] of lists) {
    if (users.size === 0) continue;
    const isMatch = id !== '' && users.has(id);
    trace.push({ step: 'user-list', list, outcome: outcomeOf(isMatch) });
    if (isMatch) return true;
  }
  for (const { path, values } of attributes) {
    const isMatch = values.has(pathReader(path, enrichment)(context));
    trace.push({ step: 'target-attribute', attribute: path, outcome: outcomeOf(isMatch) });
    if (!isMatch) return false;
  }
  return attributes.length > 0;
}
