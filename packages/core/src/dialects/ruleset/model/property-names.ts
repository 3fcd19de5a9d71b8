import type { Branch } from '../../../diagnostics/branch.ts';
import { below } from '../../../diagnostics/branch.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { nearestName } from '../../../options/nearest-name.ts';
import type { Findings, Properties } from './findings.ts';
import type { RulesetType } from './ruleset-model.ts';

export const rulesetTypes: readonly RulesetType[] = ['percentage', 'user_targeting', 'ab_test'];
export const rulesetNames: readonly string[] = ['type', 'kill_switch_active', 'baseline', 'features'];

const sharedNames: readonly string[] = ['enabled', 'value', 'requires'];
const namesOfType: Readonly<Record<RulesetType, readonly string[]>> = {
  percentage: ['percentage'],
  user_targeting: ['whitelist', 'blacklist', 'target_attributes'],
  ab_test: ['groups', 'weights', 'treatment_groups'],
};
const featureNames: readonly string[] = [...sharedNames, ...Object.values(namesOfType).flat()];

/** Whether a property of a feature counts in rulesets of a type. */
export function counts(name: string, type: RulesetType): boolean {
  return sharedNames.includes(name) || namesOfType[type].includes(name);
}

/** Warns of properties that nothing reads. */
export function warnOfUnknown(from: Properties, known: readonly string[], at: Branch, findings: Findings): void {
  for (const name of Object.keys(from)) {
    if (known.includes(name)) continue;
    const meant = nearestName(name, known);
    const hint = meant === undefined ? '' : `; "${meant}" is the nearest known one`;
    findings.warn('unknown-property', below(at, name), `the property ${describeValue(name)} is ignored${hint}`);
  }
}

/** Warns of the properties of a feature that nothing reads, or that its ruleset's type does not look at. */
export function warnOfIgnored(from: Properties, type: RulesetType | undefined, at: Branch, findings: Findings): void {
  const names = Object.keys(from);
  if (type !== undefined && names.every((name) => counts(name, type))) return;
  warnOfUnknown(from, featureNames, at, findings);
  if (type === undefined) return;
  for (const name of names) {
    if (!featureNames.includes(name) || counts(name, type)) continue;
    const message = `the property "${name}" is ignored in rulesets of type "${type}"`;
    findings.warn('ignored-property', below(at, name), message);
  }
}
