import type { Branch } from '../../../diagnostics/branch.ts';
import { below } from '../../../diagnostics/branch.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { decimalText } from '../../../text/decimal-text.ts';
import type { Findings, Properties } from './findings.ts';
import { aScalar, aText, aUserId, aWeight } from './findings.ts';
import type { FeatureRule, RulesetType, TargetAttribute } from './ruleset-model.ts';

/** A user id as text; numbers by their decimal text (rulesets §1, §2). */
export function userIdText(id: string | number): string {
  return typeof id === 'string' ? id : decimalText(id + 0);
}

/** Reads what the type of the ruleset looks at. After faults the answer means nothing. */
export function readRule(feature: Properties, type: RulesetType, at: Branch, findings: Findings): FeatureRule {
  switch (type) {
    case 'percentage':
      return { type, percentage: readPercentage(feature, at, findings) };
    case 'user_targeting':
      return {
        type,
        whitelist: readUsers(feature, 'whitelist', at, findings),
        blacklist: readUsers(feature, 'blacklist', at, findings),
        attributes: readAttributes(feature, at, findings),
      };
    case 'ab_test':
      return readGroups(feature, at, findings);
  }
}

function readPercentage(feature: Properties, at: Branch, findings: Findings): number {
  const own = below(at, 'percentage');
  const value = findings.property(feature, 'percentage');
  const expected = 'a number from 0 to 100';
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) {
    if (value === undefined) findings.fault(own, 'nothing', expected);
    else findings.wrong(own, value, expected);
    return 0;
  }
  const step = Math.round(value * 1000) / 1000;
  if (step !== value) {
    findings.warn('percentage-too-fine', own, `${value} is finer than steps of 0.001, which is what can be told apart`);
  }
  return value;
}

function readUsers(feature: Properties, name: string, at: Branch, findings: Findings): ReadonlySet<string> {
  return new Set(findings.list(feature, name, at, aUserId)?.map(userIdText));
}

function readAttributes(feature: Properties, at: Branch, findings: Findings): readonly TargetAttribute[] {
  const attributes = findings.mapping(feature, 'target_attributes', at);
  const own = below(at, 'target_attributes');
  return Object.keys(attributes).map((path) => {
    const wanted = attributes[path];
    if (Array.isArray(wanted)) return { path, values: new Set<unknown>(findings.list(attributes, path, own, aScalar)) };
    if (!aScalar.accepts(wanted)) findings.wrong(below(own, path), wanted, `${aScalar.expected}, or a list of them`);
    return { path, values: new Set([wanted]) };
  });
}

type AbTest = Extract<FeatureRule, { type: 'ab_test' }>;

function readGroups(feature: Properties, at: Branch, findings: Findings): AbTest {
  const own = below(at, 'groups');
  const groups = findings.list(feature, 'groups', at, aText) ?? [];
  const given = findings.property(feature, 'groups');
  if (given === undefined) findings.fault(own, 'nothing', 'a list of texts, at least one');
  else if (Array.isArray(given) && given.length === 0) findings.fault(own, 'an empty list', 'at least one group');
  const known = new Set<string>();
  groups.forEach((group) => {
    if (known.has(group)) findings.fault(own, `${describeValue(group)} twice`, 'groups that differ');
    known.add(group);
  });
  const treatmentGroups = findings.list(feature, 'treatment_groups', at, aText) ?? [];
  for (const group of treatmentGroups) {
    if (known.has(group)) continue;
    findings.wrong(below(at, 'treatment_groups'), group, `groups of the feature: ${[...known].join(', ')}`);
  }
  const weights = readWeights(feature, groups.length, at, findings);
  return { type: 'ab_test', groups, weights, treatmentGroups: new Set(treatmentGroups) };
}

function readWeights(feature: Properties, groups: number, at: Branch, findings: Findings): readonly number[] {
  const own = below(at, 'weights');
  const weights = findings.list(feature, 'weights', at, aWeight);
  if (weights === undefined) return Array.from({ length: groups }, () => 1);
  const given = findings.property(feature, 'weights') as readonly unknown[];
  if (given.length !== groups) findings.fault(own, `${given.length} weights`, `one for each of the ${groups} groups`);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length === given.length && !(sum > 0 && Number.isFinite(sum))) {
    findings.fault(own, `a sum of ${sum}`, 'weights with a sum over 0');
  }
  return weights;
}
