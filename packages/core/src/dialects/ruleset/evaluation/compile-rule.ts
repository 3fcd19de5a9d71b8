import { ALL_BUCKETS, bucketOf, compileShares } from '../../../bucketing/shares.ts';
import type { AttributeReader, Enrichment } from '../../../context/attribute-reader.ts';
import { pathReader } from '../../../context/attribute-reader.ts';
import { fnv1a } from '../../../hash/fnv1a.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import type { Decide, Decision } from '../../dialect.ts';
import type { FeatureModel, FeatureRule } from '../model/ruleset-model.ts';
import type { AnswerMaker } from './answer-maker.ts';
import { groupShares, percentageShares } from './group-shares.ts';
import { userIdOf } from './user-id.ts';

/** What a feature's rule decides. */
export interface CompiledRule {
  readonly decision: Decision;
  /** Whether an answer of `decision` says that the feature is on. */
  isOn(outcome: Outcome): boolean;
}

/** The rule of a feature (rulesets §3.5), not asking whether something switches the feature off. */
export function compileRule({ name, rule }: FeatureModel, make: AnswerMaker, enrichment: Enrichment): CompiledRule {
  switch (rule.type) {
    case 'percentage':
      return compilePercentage(name, rule, make);
    case 'user_targeting':
      return compileTargeting(rule, make, enrichment);
    case 'ab_test':
      return compileTest(name, rule, make);
  }
}

type RuleOf<T extends FeatureRule['type']> = Extract<FeatureRule, { type: T }>;

function compilePercentage(name: string, rule: RuleOf<'percentage'>, make: AnswerMaker): CompiledRule {
  if (rule.percentage === 100) return { decision: make.on('STATIC'), isOn: () => true };
  if (rule.percentage === 0) return { decision: make.baseline('STATIC'), isOn: () => false };
  const on = make.on('SPLIT');
  const [share] = percentageShares(rule);
  const choices = { on, off: make.baseline('SPLIT'), noUserId: make.noUserId() };
  return { decision: split(fnv1a(name), share.to, choices), isOn: (outcome) => outcome === on };
}

interface SplitChoices {
  readonly on: Outcome;
  readonly off: Outcome;
  readonly noUserId: Outcome;
}

// the closures stand in functions of their own, so that they hold on to nothing but what they use

function split(seed: number, limit: number, { on, off, noUserId }: SplitChoices): Decide {
  return (context) => {
    const id = userIdOf(context);
    if (id === '') return noUserId;
    return bucketOf(fnv1a(id, seed), ALL_BUCKETS) < limit ? on : off;
  };
}

function compileTest(name: string, rule: RuleOf<'ab_test'>, make: AnswerMaker): CompiledRule {
  const outcomes = rule.groups.map((group) => make.group(group, rule.treatmentGroups.has(group)));
  const treated = new Set(outcomes.filter((_outcome, index) => rule.treatmentGroups.has(rule.groups[index] as string)));
  const indexOf = compileShares(ALL_BUCKETS, groupShares(rule), fnv1a(name));
  return { decision: chooser(indexOf, outcomes, make.noUserId()), isOn: (outcome) => treated.has(outcome) };
}

function chooser(indexOf: (id: string) => number, outcomes: readonly Outcome[], noUserId: Outcome): Decide {
  return (context) => {
    const id = userIdOf(context);
    // the shares cover every bucket
    return id === '' ? noUserId : (outcomes[indexOf(id)] as Outcome);
  };
}

interface CompiledAttribute {
  readonly read: AttributeReader;
  readonly values: ReadonlySet<unknown>;
}

function compileTargeting(rule: RuleOf<'user_targeting'>, make: AnswerMaker, enrichment: Enrichment): CompiledRule {
  const otherwise = make.baseline('DEFAULT');
  const blacklisted = make.baseline('TARGETING_MATCH', make.byRule('blacklist'));
  const whitelisted = make.on('TARGETING_MATCH', make.byRule('whitelist'));
  const matched = make.on('TARGETING_MATCH', make.byRule('target_attributes'));
  const { blacklist, whitelist } = rule;
  const attributes = rule.attributes.map(({ path, values }) => ({ read: pathReader(path, enrichment), values }));
  const isOn = (outcome: Outcome): boolean => outcome === whitelisted || outcome === matched;
  if (blacklist.size + whitelist.size + attributes.length === 0) return { decision: otherwise, isOn };
  const byAttributes = matcher(attributes, matched, otherwise);
  if (blacklist.size + whitelist.size === 0) return { decision: byAttributes, isOn };
  const decision: Decide = (context, now) => {
    const id = userIdOf(context);
    if (id !== '' && blacklist.has(id)) return blacklisted;
    if (id !== '' && whitelist.has(id)) return whitelisted;
    return byAttributes(context, now);
  };
  return { decision, isOn };
}

function matcher(attributes: readonly CompiledAttribute[], matched: Outcome, otherwise: Outcome): Decide {
  if (attributes.length === 0) return () => otherwise;
  return (context) => {
    for (const { read, values } of attributes) if (!values.has(read(context))) return otherwise;
    return matched;
  };
}
