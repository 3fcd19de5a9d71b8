import type { Enrichment } from '../../context/attribute-reader.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { HalyardError } from '../../errors/halyard-error.ts';
import { describeValue } from '../../options/describe-value.ts';
import type { ArrangedFlags, FlagControls, FlagDefinition } from '../dialect.ts';
import { rulesetMetadata } from './evaluation/answer-maker.ts';
import type { RulesetSetting } from './evaluation/compile-feature.ts';
import { BaselineReader, FeatureReader } from './feature-readers.ts';
import type { FeatureModel, RulesetModel } from './model/ruleset-model.ts';

type Blame = 'SOURCE_INVALID' | 'CONFIG_INVALID';

/** A valid document, as read. */
export interface RulesetDocument {
  /** What can be active: of a document without any ruleset, one without features that stands in. */
  readonly rulesets: ReadonlyMap<string, RulesetModel>;
  /** What the rulesets are called that there really are. */
  readonly names: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly enrichment: Enrichment;
}

/**
 * The flags of the ruleset that the controls name.
 *
 * @param code of the error if there is no such ruleset, or none is named and there are several: whether that is to be
 *   blamed on the document or on who named the ruleset
 */
export function arrangeRuleset(document: RulesetDocument, controls: FlagControls, code: Blame): ArrangedFlags {
  const ruleset = chosenRuleset(document, controls.ruleset, code);
  const { name, baseline, features, requirements } = ruleset;
  const metadata = rulesetMetadata(name);
  const setting = {
    metadata,
    enrichment: document.enrichment,
    killedBy: killedBy(ruleset, controls),
    switches: new WeakMap(),
  };
  const flags = new Map<string, FlagDefinition>();
  for (const feature of features.values()) flags.set(feature.name, definitionOf(feature, name, setting));
  for (const [feature, value] of baseline) {
    if (!features.has(feature)) flags.set(feature, { definition: { ruleset: name, baseline: value }, naming: 'exact' });
  }
  return {
    flags,
    readerOf(key) {
      const feature = features.get(key);
      if (feature === undefined) return new BaselineReader(baseline.get(key), metadata);
      return new FeatureReader({ feature, requirements: requirements.get(key) ?? [], setting });
    },
    dependencies: setting.killedBy === undefined ? dependenciesOf(ruleset) : new Map(),
    diagnostics: document.warnings,
    metadata,
    board: {
      rulesets: document.names,
      active: name,
      baseline: Object.freeze(Object.fromEntries(baseline)),
      arrange: (others) => arrangeRuleset(document, others, 'CONFIG_INVALID'),
    },
  };
}

function chosenRuleset({ rulesets, names }: RulesetDocument, name: string | undefined, code: Blame): RulesetModel {
  const known = names.map(describeValue).join(', ') || 'none';
  const [only] = rulesets.values();
  const chosen = name === undefined ? only : rulesets.get(name);
  if (name === undefined && rulesets.size > 1) {
    throw new HalyardError(code, `say which ruleset to use with the option ruleset: ${known}`);
  }
  if (chosen !== undefined) return chosen;
  const message = `there is no ruleset ${describeValue(name)}; the document has ${known}`;
  throw new HalyardError(code, message, { details: { ruleset: name, known: names } });
}

function killedBy({ killSwitch }: RulesetModel, controls: FlagControls): RulesetSetting['killedBy'] {
  if (controls.killSwitch !== undefined) return controls.killSwitch ? 'run time' : undefined;
  return killSwitch ? 'document' : undefined;
}

/** What a feature's answers depend on, and nothing else: definitions that are equal answer alike. */
function definitionOf(feature: FeatureModel, ruleset: string, { killedBy: by }: RulesetSetting): FlagDefinition {
  const { enabled, baseline, rule, written } = feature;
  const naming = 'exact';
  if (!enabled) return { definition: { ruleset, baseline, enabled }, naming };
  if (by !== undefined) return { definition: { ruleset, baseline, kill_switch_active: true }, naming };
  return { definition: { ruleset, type: rule.type, baseline, ...written }, naming };
}

/** The features that are on only if others are. */
function dependenciesOf({ features, requirements }: RulesetModel): ReadonlyMap<string, readonly string[]> {
  const dependencies = new Map<string, readonly string[]>();
  for (const name of requirements.keys()) {
    const { enabled, requires } = features.get(name) as FeatureModel;
    if (enabled) dependencies.set(name, requires);
  }
  return dependencies;
}
