import type { Enrichment } from '../../../context/attribute-reader.ts';
import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import type { FlagMetadata } from '../../../resolution/resolution.ts';
import type { Decide, Decision } from '../../dialect.ts';
import type { FeatureModel, Requirement } from '../model/ruleset-model.ts';
import { AnswerMaker } from './answer-maker.ts';
import type { CompiledRule } from './compile-rule.ts';
import { compileRule } from './compile-rule.ts';

/** What the features of a ruleset are compiled with. */
export interface RulesetSetting {
  readonly metadata: FlagMetadata;
  readonly enrichment: Enrichment;
  /** Who switched the whole ruleset off; undefined if nobody did. */
  readonly killedBy: 'document' | 'run time' | undefined;
  /** Whether features are on, for those that others require: compiled once for all of them. */
  readonly switches: WeakMap<FeatureModel, IsOn>;
}

/** Whether a feature is on for a context by its own rule. */
export type IsOn = (context: EvaluationContext) => boolean;

/** A feature in its place: what decides it beside its own properties. */
export interface PlacedFeature {
  readonly feature: FeatureModel;
  readonly requirements: readonly Requirement[];
  readonly setting: RulesetSetting;
}

/** Compiles a feature (rulesets §3). */
export function compileFeature({ feature, requirements, setting }: PlacedFeature): Decision {
  const make = new AnswerMaker(feature, setting.metadata);
  if (setting.killedBy !== undefined || !feature.enabled) return make.baseline('DISABLED');
  const { decision } = compileRule(feature, make, setting.enrichment);
  if (requirements.length === 0) return decision;
  const unmet = new Map(requirements.map(({ through }) => [through, make.unmet(through)]));
  const checks = requirements.map((requirement) => ({
    isOn: isOnOf(requirement.feature, setting),
    unmet: unmet.get(requirement.through) as Outcome,
  }));
  return checked(checks, decision);
}

interface Check {
  readonly isOn: IsOn;
  readonly unmet: Outcome;
}

function checked(checks: readonly Check[], decision: Decision): Decide {
  return (context, now) => {
    for (const { isOn, unmet } of checks) if (!isOn(context)) return unmet;
    return typeof decision === 'function' ? decision(context, now) : decision;
  };
}

/** Whether a feature is on by its own rule; what it requires itself is asked separately. */
export function isOnOf(feature: FeatureModel, setting: RulesetSetting): IsOn {
  const known = setting.switches.get(feature) ?? compileIsOn(feature, setting);
  setting.switches.set(feature, known);
  return known;
}

function compileIsOn(feature: FeatureModel, { metadata, enrichment }: RulesetSetting): IsOn {
  if (!feature.enabled) return () => false;
  return isOnBy(compileRule(feature, new AnswerMaker(feature, metadata), enrichment));
}

function isOnBy({ decision, isOn }: CompiledRule): IsOn {
  if (typeof decision === 'function') return (context) => isOn(decision(context, undefined));
  const always = isOn(decision);
  return () => always;
}
