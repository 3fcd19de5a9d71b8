import { isPlainObject } from '../../options/option-rules.ts';
import type { DocumentMembers } from '../dialect.ts';
import { rulesetTypes } from './model/property-names.ts';

function isRuleset(definition: unknown): boolean {
  if (!isPlainObject(definition)) return false;
  const { type, features, baseline } = definition;
  if (Object.hasOwn(definition, 'kill_switch_active')) return true;
  return isPlainObject(features) || isPlainObject(baseline) || rulesetTypes.some((name) => name === type);
}

/** Whether a document is in the flat form of bootstrap defaults: feature → baseline, and nothing that is an object. */
export function isFlatForm(members: DocumentMembers): boolean {
  return members.size > 0 && ![...members.values()].some(({ definition }) => isPlainObject(definition));
}

/**
 * Whether a document has a ruleset in it, or is in the flat form with nothing but true and false. Other values are the
 * flat form too, but do not tell it from any other file.
 */
export function isRulesetShaped(members: DocumentMembers): boolean {
  const definitions = [...members.values()].map(({ definition }) => definition);
  if (definitions.some(isRuleset)) return true;
  return definitions.length > 0 && definitions.every((definition) => typeof definition === 'boolean');
}
