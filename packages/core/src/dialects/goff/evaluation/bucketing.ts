import type { Enrichment } from '../../../context/attribute-reader.ts';
import { pathReader } from '../../../context/attribute-reader.ts';
import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import { errorOutcome } from '../../../resolution/outcome.ts';
import type { FlagMetadata } from '../../../resolution/resolution.ts';
import { targetingKeyOf } from '../enriched-attributes.ts';
import type { FlagBody, FlagModel, RuleModel } from '../model/flag-model.ts';

/** The key that decides a subject's buckets, or the outcome if there is none. */
export type BucketingKeyOf = (context: EvaluationContext) => string | Outcome;

/** Whether a rule's outcome depends on the bucketing key, matching or not, disabled or not. */
export function ruleNeedsKey(rule: RuleModel): boolean {
  return rule.progressiveRollout !== undefined || (rule.percentage !== undefined && rule.percentage.size > 0);
}

function bodyNeedsKey({ targeting, defaultRule }: FlagBody): boolean {
  return (targeting?.some(ruleNeedsKey) ?? false) || (defaultRule !== undefined && ruleNeedsKey(defaultRule));
}

/** Whether any rule of a flag needs the key, those of steps included, due or not (goff-evaluation §4.3). */
export function flagNeedsKey(flag: FlagModel): boolean {
  return bodyNeedsKey(flag) || (flag.scheduledRollout?.some(bodyNeedsKey) ?? false);
}

/** @returns undefined if the flag gets along without a key, whatever the context */
export function compileBucketingKey(
  flag: FlagModel,
  enrichment: Enrichment,
  metadata: FlagMetadata,
): BucketingKeyOf | undefined {
  const needsKey = flagNeedsKey(flag);
  if (flag.bucketingKey === '') return targetingKeyOf;
  if (flag.bucketingKey !== undefined) return keyAtPath(flag.bucketingKey, needsKey, enrichment, metadata);
  return needsKey ? requiredTargetingKey(metadata) : undefined;
}

// the closures stand in functions of their own, so that they hold on to nothing but what they use

function requiredTargetingKey(metadata: FlagMetadata): BucketingKeyOf {
  return (context) =>
    targetingKeyOf(context) || errorOutcome('TARGETING_KEY_MISSING', 'Error: Empty targeting key', metadata);
}

function keyAtPath(path: string, needsKey: boolean, enrichment: Enrichment, metadata: FlagMetadata): BucketingKeyOf {
  const read = pathReader(path, enrichment);
  const fail = (message: string): Outcome => errorOutcome('TARGETING_KEY_MISSING', message, metadata);
  return (context) => {
    const value = read(context);
    if (value === undefined) return fail(`impossible to find bucketingKey in context: nested key not found: ${path}`);
    if (typeof value !== 'string') return fail('invalid bucketing key');
    return value === '' && needsKey ? fail('Error: Empty bucketing key') : value;
  };
}
