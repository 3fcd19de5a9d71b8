import type { DocumentPath } from '@halyard/core';
import type { ConvertRequest } from '../arguments/invocation.ts';
import { GoffFlagWriter } from '../conversion/goff-flag.ts';
import type { Reservations } from '../conversion/refusal.ts';
import type { ConvertedFeature } from '../conversion/ruleset-feature.ts';
import { RulesetFeatureWriter } from '../conversion/ruleset-feature.ts';
import { splitOf } from '../conversion/split.ts';
import type { DecodedFlags } from './flag-file.ts';
import { arrangeFlags, rulesetNames } from './flag-file.ts';

type Document = Readonly<Record<string, unknown>>;

/**
 * The active ruleset as flags of GO Feature Flag.
 *
 * @throws HalyardError `SOURCE_INVALID` if no ruleset is named and there are several, or there is none of the name
 */
export function convertedToGoff(decoded: DecodedFlags, terms: ConvertRequest, reservations: Reservations): Document {
  const { arranged } = arrangeFlags(decoded, terms.ruleset);
  const writer = new GoffFlagWriter(terms, reservations);
  const flags: [string, unknown][] = [];
  for (const [key, { definition }] of arranged.flags) {
    const properties = definition as Document;
    const at = placeOf(decoded, key, properties['ruleset'] as string);
    const split = splitOf(key, definition, arranged.readerOf(key));
    const flag = writer.flagOf({ key, definition: properties, split, at });
    if (flag !== undefined) flags.push([key, flag]);
  }
  return Object.fromEntries(flags);
}

function placeOf(decoded: DecodedFlags, key: string, ruleset: string): DocumentPath {
  if (rulesetNames(decoded).length === 0) return [key];
  const definition = decoded.members.get(ruleset)?.definition as { readonly features?: object | null } | undefined;
  return [ruleset, Object.hasOwn(definition?.features ?? {}, key) ? 'features' : 'baseline', key];
}

/** Flags of GO Feature Flag as one ruleset. */
export function convertedToRuleset(decoded: DecodedFlags, terms: ConvertRequest, reservations: Reservations): Document {
  const writer = new RulesetFeatureWriter(terms, reservations);
  const converted: [string, ConvertedFeature][] = [];
  for (const [key, definition] of decoded.members) {
    const feature = writer.featureOf(key, definition);
    if (feature !== undefined) converted.push([key, feature]);
  }
  const [type = 'percentage', ...others] = new Set(converted.flatMap(([, feature]) => feature.type ?? []));
  for (const [key, feature] of converted) {
    if (others.length === 0 || feature.type === undefined || feature.type === type) continue;
    const at = feature.type === 'user_targeting' ? 'targeting' : 'defaultRule';
    reservations.refuse([key, at], `a ruleset is of one type: this is ${feature.type}, other flags are ${type}`);
  }
  const features = converted.flatMap(([key, { feature }]) => (feature === undefined ? [] : [[key, feature] as const]));
  const baseline = converted.map(([key, feature]) => [key, feature.baseline] as const);
  const ruleset = { type, baseline: Object.fromEntries(baseline), features: Object.fromEntries(features) };
  return { [terms.ruleset ?? 'default']: ruleset };
}
