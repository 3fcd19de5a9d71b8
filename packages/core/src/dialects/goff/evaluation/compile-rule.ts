import { bucketOf, compileShares } from '../../../bucketing/shares.ts';
import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import { fnv1a } from '../../../hash/fnv1a.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import { errorOutcome } from '../../../resolution/outcome.ts';
import type { FlagMetadata } from '../../../resolution/resolution.ts';
import type { Instant } from '../../../time/instant.ts';
import type { RuleModel } from '../model/flag-model.ts';
import type { TimeOf } from './evaluation-time.ts';
import type { OutcomeMaker } from './outcome-maker.ts';
import { isSplit, sharesOf } from './percentage.ts';
import { ROLLOUT_MODULUS, rolloutOf } from './progressive-rollout.ts';

/** What a rule decides for a subject that it applies to. */
export type Decision = Outcome | ((key: string, context: EvaluationContext, now: Instant | undefined) => Outcome);

/** What the rules of a flag have in common. */
export interface FlagSetting {
  readonly flagKey: string;
  readonly make: OutcomeMaker;
  readonly timeOf: TimeOf;
  readonly cacheable: boolean;
}

/** What the outcomes of a rule have in common. */
export interface RuleSetting {
  readonly flag: FlagSetting;
  /** The reasons of this place in the flag: for one answer, and for one of several (goff-evaluation §9.1). */
  readonly reasons: { readonly plain: string; readonly split: string };
  /** What goes with the answers of this rule. */
  readonly metadata: FlagMetadata;
}

/** The outcome of a rule (goff-evaluation §5, step 3): the first of progressive rollout, percentage, variation. */
export function compileDecision(rule: RuleModel, setting: RuleSetting): Decision {
  const { make, cacheable } = setting.flag;
  if (rule.progressiveRollout !== undefined) return compileRollout(rule.progressiveRollout, setting);
  if (rule.percentage !== undefined && rule.percentage.size > 0) return compileSplit(rule.percentage, setting);
  if (rule.variation === undefined) {
    return make.error('GENERAL', 'error in the configuration, no variation available for this rule');
  }
  const { reasons, metadata } = setting;
  return make.variation({ name: rule.variation, reason: reasons.plain, metadata, cacheable });
}

function compileSplit(percentage: ReadonlyMap<string, number>, setting: RuleSetting): Decision {
  const { reasons, metadata } = setting;
  const { make, cacheable, flagKey } = setting.flag;
  const reason = isSplit(percentage) ? reasons.split : reasons.plain;
  const { modulus, shares } = sharesOf(percentage);
  const outcomes = shares.map(({ variation: name }) => make.variation({ name, reason, metadata, cacheable }));
  return chooser(compileShares(modulus, shares, fnv1a(flagKey)), outcomes, make.metadata);
}

/** Stands by itself, so that the function it makes holds on to nothing but what it uses. */
function chooser(indexOf: (key: string) => number, outcomes: readonly Outcome[], metadata: FlagMetadata): Decision {
  return (key) => outcomes[indexOf(key)] ?? errorOutcome('GENERAL', 'impossible to find the variation', metadata);
}

function compileRollout(definition: NonNullable<RuleModel['progressiveRollout']>, setting: RuleSetting): Decision {
  const { reasons, metadata } = setting;
  const { make, timeOf, flagKey } = setting.flag;
  const rollout = rolloutOf(definition);
  if (rollout === undefined) return make.error('GENERAL', 'error in the progressive rollout, missing params');
  const outcomeOf = (name: string): Outcome =>
    make.variation({ name, reason: reasons.split, metadata, cacheable: false });
  const initial = outcomeOf(rollout.initialVariation);
  const end = outcomeOf(rollout.endVariation);
  const seed = fnv1a(flagKey);
  return (key, context, now) => {
    const bucket = bucketOf(fnv1a(key, seed), ROLLOUT_MODULUS);
    return bucket < rollout.bucketsAt(timeOf(context, now)) ? end : initial;
  };
}
