import { below } from '../../../diagnostics/branch.ts';
import { isPlainObject } from '../../../options/option-rules.ts';
import { freezeDeeply } from '../../../resolution/freeze-deeply.ts';
import type { DocumentMembers } from '../../dialect.ts';
import type { Findings, Properties } from './findings.ts';
import { aScalar } from './findings.ts';
import { rulesetNames, rulesetTypes, warnOfUnknown } from './property-names.ts';
import { checkDepth, readFeature } from './read-feature.ts';
import { readRequirements } from './read-requirements.ts';
import type { FeatureModel, RulesetModel, RulesetType } from './ruleset-model.ts';

/** So many features are read in one go. */
const FEATURES_A_SLICE = 500;

const A_RULESET = 'a ruleset: an object with type and features';
const A_MEMBER = `${A_RULESET}; or, in the flat form, a text, number or boolean`;

/**
 * Reads the rulesets of a document (rulesets §1), in slices. With faults among the findings the answer means nothing, and
 * the document is to be refused.
 */
export function* readRulesets(
  members: DocumentMembers,
  findings: Findings,
): Generator<void, ReadonlyMap<string, RulesetModel>> {
  const rulesets = new Map<string, RulesetModel>();
  for (const [name, { definition }] of members) {
    if (isPlainObject(definition)) rulesets.set(name, yield* readRuleset(name, definition, findings));
    else findings.wrong(below(undefined, name), definition, A_RULESET);
  }
  return rulesets;
}

/** A ruleset without features. */
export function emptyRuleset(name: string): RulesetModel {
  return { name, killSwitch: false, baseline: new Map(), features: new Map(), requirements: new Map() };
}

/** Reads the flat form (rulesets §1): baselines, with the kill switch on. */
export function readFlatForm(name: string, members: DocumentMembers, findings: Findings): RulesetModel {
  const baseline = new Map([...members].map(([feature, { definition }]) => [feature, definition]));
  for (const [feature, value] of baseline) {
    // most likely the name of a ruleset, and what it holds is not there yet
    if (value === null || !aScalar.accepts(value)) findings.wrong(below(undefined, feature), value, A_MEMBER);
  }
  return { ...emptyRuleset(name), killSwitch: true, baseline };
}

function* readRuleset(name: string, definition: Properties, findings: Findings): Generator<void, RulesetModel> {
  const at = below(undefined, name);
  warnOfUnknown(definition, rulesetNames, at, findings);
  const type = readType(definition, name, findings);
  const killSwitch = findings.boolean(definition, 'kill_switch_active', at) ?? false;
  const baseline = new Map<string, unknown>();
  const baselines = findings.mapping(definition, 'baseline', at);
  for (const feature of Object.keys(baselines)) {
    checkDepth(baselines[feature], below(below(at, 'baseline'), feature), findings);
    baseline.set(feature, freezeDeeply(baselines[feature]));
  }
  const features = new Map<string, FeatureModel>();
  const given = findings.mapping(definition, 'features', at);
  const own = below(at, 'features');
  for (const feature of Object.keys(given)) {
    const read = readFeature(feature, given[feature], below(own, feature), { type, baseline, findings });
    features.set(feature, read);
    if (features.size % FEATURES_A_SLICE === 0) yield;
  }
  yield;
  return { name, killSwitch, baseline, features, requirements: readRequirements(features, own, findings) };
}

function readType(definition: Properties, name: string, findings: Findings): RulesetType | undefined {
  const type = findings.property(definition, 'type');
  const known = rulesetTypes.find((candidate) => candidate === type);
  if (known !== undefined) return known;
  const own = below(below(undefined, name), 'type');
  const expected = `one of ${rulesetTypes.join(', ')}`;
  if (type === undefined) findings.fault(own, 'nothing', expected);
  else findings.wrong(own, type, expected);
  return undefined;
}
