import type { Branch } from '../../../diagnostics/branch.ts';
import { below } from '../../../diagnostics/branch.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { isPlainObject } from '../../../options/option-rules.ts';
import { freezeDeeply } from '../../../resolution/freeze-deeply.ts';
import { kindOf } from '../../../resolution/outcome.ts';
import { isNestedDeeper } from '../../nesting.ts';
import type { Findings, Properties } from './findings.ts';
import { aText } from './findings.ts';
import { counts, warnOfIgnored } from './property-names.ts';
import { readRule } from './read-rule.ts';
import type { FeatureModel, RulesetType } from './ruleset-model.ts';

/** Deeper values are refused: programs that serialise an answer would run out of stack. */
const DEEPEST_VALUE = 1_000;

const noRule = { type: 'percentage', percentage: 0 } as const;

/** What the features of a ruleset are read with. */
interface Setting {
  /** Undefined if the ruleset has no valid type: then what depends on it is not looked at. */
  readonly type: RulesetType | undefined;
  readonly baseline: ReadonlyMap<string, unknown>;
  readonly findings: Findings;
}

/** Reads a feature (rulesets §1); null stands for one without properties. After faults the answer means nothing. */
export function readFeature(name: string, definition: unknown, at: Branch, setting: Setting): FeatureModel {
  const { findings } = setting;
  const isFeature = definition === null || isPlainObject(definition);
  if (!isFeature) findings.wrong(at, definition, 'an object');
  const feature = isPlainObject(definition) ? definition : {};
  // what would follow from the first fault is no news
  const type = isFeature ? setting.type : undefined;
  warnOfIgnored(feature, type, at, findings);
  const baseline = setting.baseline.has(name) ? setting.baseline.get(name) : false;
  return {
    name,
    enabled: findings.boolean(feature, 'enabled', at) ?? true,
    baseline,
    value: isFeature ? readValue(feature, baseline, at, findings) : undefined,
    rule: type === undefined ? noRule : readRule(feature, type, at, findings),
    requires: findings.list(feature, 'requires', at, aText) ?? [],
    written: type === undefined ? {} : countingProperties(feature, type),
  };
}

function readValue(feature: Properties, baseline: unknown, at: Branch, findings: Findings): unknown {
  const isGiven = Object.hasOwn(feature, 'value');
  const value = isGiven ? feature['value'] : true;
  const own = below(at, 'value');
  checkDepth(value, own, findings);
  if (kindOf(value) === kindOf(baseline)) return freezeDeeply(value);
  const found = isGiven ? describeValue(value) : 'nothing, which stands for true';
  findings.fault(own, found, `a value of the baseline's kind, ${kindOf(baseline)}`);
  return value;
}

/** Refuses values that nobody could write down again. */
export function checkDepth(value: unknown, at: Branch, findings: Findings): void {
  if (!isNestedDeeper(value, DEEPEST_VALUE)) return;
  findings.fault(at, 'a value nested very deeply', `at most ${DEEPEST_VALUE} levels`);
}

function countingProperties(feature: Properties, type: RulesetType): Properties {
  return Object.fromEntries(Object.entries(feature).filter(([name]) => counts(name, type)));
}
