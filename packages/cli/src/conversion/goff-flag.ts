import type { DocumentPath } from '@halyard/core';
import { compareCodePoints, decimalText, kindOf, optionRules } from '@halyard/core';
import type { AttributeTest, Wanted } from './query-text.ts';
import { attributeProblem, attributesQuery, userListProblem, userListQuery } from './query-text.ts';
import type { ConversionTerms, Reservations } from './refusal.ts';
import type { Split } from './split.ts';
import { fromHereUp, haveSameBuckets, splitOfGoffFlag } from './split.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A feature of a ruleset that is valid, with what its answers depend on (the dialect's own definition of it). */
export interface PlacedFeature {
  readonly key: string;
  readonly definition: Properties;
  /** Who gets what, for features that are decided by a split. */
  readonly split: Split | undefined;
  /** Where it stands in the document. */
  readonly at: DocumentPath;
}

/** Writes features down as flags of GO Feature Flag. What would answer differently is refused, and undefined. */
export class GoffFlagWriter {
  readonly #terms: ConversionTerms;
  readonly #reservations: Reservations;

  constructor(terms: ConversionTerms, reservations: Reservations) {
    this.#terms = terms;
    this.#reservations = reservations;
  }

  flagOf(feature: PlacedFeature): Properties | undefined {
    const { definition, at } = feature;
    const { type, baseline, ruleset } = definition;
    const metadata = { ruleset };
    if (type === undefined) {
      const isOff = definition['enabled'] === false || definition['kill_switch_active'] === true;
      if (isOff) this.#reservations.lose(at, 'is off, and is written down as its baseline and nothing else');
      return { variations: { baseline }, defaultRule: { variation: 'baseline' }, metadata };
    }
    if (Array.isArray(definition['requires']) && definition['requires'].length > 0) {
      this.#reservations.refuse([...at, 'requires'], 'no flag can depend on another');
      return undefined;
    }
    const body = this.#bodyOf(feature);
    return body && { ...body, metadata };
  }

  #bodyOf(feature: PlacedFeature): Properties | undefined {
    switch (feature.definition['type']) {
      case 'percentage':
        return this.#ofPercentage(feature);
      case 'ab_test':
        return this.#ofTest(feature);
      default:
        return this.#ofTargeting(feature);
    }
  }

  #ofPercentage(feature: PlacedFeature): Properties | undefined {
    const { key, definition, split, at } = feature;
    const variations = variationsOf(definition);
    const percentage = definition['percentage'] as number;
    if (percentage === 0 || percentage === 100) {
      const variation = percentage === 0 ? 'baseline' : 'on';
      return { variations: { [variation]: variations[variation] }, defaultRule: { variation } };
    }
    this.#reservations.refuseUsers([...at, 'percentage'], this.#terms);
    const candidates = [...fromHereUp(100 - percentage)].map((rest) => ({ on: percentage, baseline: rest }));
    return this.#exact(key, variations, split, candidates) ?? this.#inexact([...at, 'percentage']);
  }

  #ofTest({ key, definition, split, at }: PlacedFeature): Properties | undefined {
    const groups = definition['groups'] as readonly string[];
    const treated = (definition['treatment_groups'] ?? []) as readonly string[];
    const { on, baseline } = variationsOf(definition);
    this.#reservations.refuseUsers([...at, 'groups'], this.#terms);
    if (kindOf(baseline) !== 'string') {
      const message = 'a test answers text requests with the name of the group, which a flag with other values cannot';
      this.#reservations.refuse([...at, 'groups'], message);
      return undefined;
    }
    const populated = (split?.shares ?? []).map(({ variation }) => variation);
    // a group that nobody is in may stand anywhere
    if (populated.some((group, index) => index > 0 && compareCodePoints(populated[index - 1] as string, group) < 0)) {
      const message = 'flags split in descending order of names: groups in another order would have other users';
      this.#reservations.refuse([...at, 'groups'], message);
      return undefined;
    }
    const variations = Object.fromEntries(groups.map((group) => [group, treated.includes(group) ? on : baseline]));
    const size = (group: string): number => {
      const share = split?.shares.find(({ variation }) => variation === group);
      return share === undefined ? 0 : share.to - share.from;
    };
    const percentage = Object.fromEntries(groups.map((group) => [group, size(group) / 1000]));
    const last = groups.findLast((group) => size(group) > 0) ?? '';
    const candidates = [...fromHereUp(percentage[last] ?? 0)].map((rest) => ({ ...percentage, [last]: rest }));
    return this.#exact(key, variations, split, candidates) ?? this.#inexact([...at, 'groups']);
  }

  /** The first of several spellings of the same percentages that gives everybody the bucket they have. */
  #exact(
    key: string,
    variations: Properties,
    split: Split | undefined,
    candidates: readonly Readonly<Record<string, number>>[],
  ): Properties | undefined {
    const flags = candidates.map((percentage) => ({ variations, defaultRule: { percentage } }));
    return flags.find((flag) => split !== undefined && haveSameBuckets(split, splitOfGoffFlag(key, flag)));
  }

  #inexact(path: DocumentPath): undefined {
    this.#reservations.refuse(path, 'no percentages of a flag give everybody the bucket that they have');
    return undefined;
  }

  #ofTargeting({ definition, at }: PlacedFeature): Properties | undefined {
    const { on, baseline } = variationsOf(definition);
    const lists = (['blacklist', 'whitelist'] as const).map((name) => ({
      name,
      query: this.#listQuery(definition, name, at),
    }));
    const attributes = this.#attributesQuery(definition, at);
    const rules = [...lists, { name: 'target_attributes', query: attributes }].flatMap(({ name, query }) =>
      query === undefined ? [] : [{ name, query, variation: name === 'blacklist' ? 'baseline' : 'on' }],
    );
    const isOnPossible = rules.some(({ variation }) => variation === 'on');
    return {
      variations: isOnPossible ? { on, baseline } : { baseline },
      ...(rules.length > 0 && { targeting: rules }),
      defaultRule: { variation: 'baseline' },
    };
  }

  #listQuery(definition: Properties, name: 'blacklist' | 'whitelist', at: DocumentPath): string | undefined {
    const path = [...at, name];
    // an empty text is nobody's id
    const users = ((definition[name] ?? []) as readonly (string | number)[]).map(userIdText).filter((id) => id !== '');
    if (users.length === 0) return undefined;
    this.#reservations.refuseUsers(path, this.#terms);
    const problem = userListProblem(users);
    if (problem !== undefined) this.#reservations.refuse(path, problem);
    return userListQuery(users);
  }

  #attributesQuery(definition: Properties, at: DocumentPath): string | undefined {
    const wanted = definition['target_attributes'];
    if (!optionRules.isPlainObject(wanted) || Object.keys(wanted).length === 0) return undefined;
    const tests = Object.entries(wanted).map(([path, value]): AttributeTest => ({
      path,
      values: (Array.isArray(value) ? value : [value]) as readonly Wanted[],
    }));
    for (const test of tests) {
      const problem = attributeProblem(test);
      if (problem !== undefined) this.#reservations.refuse([...at, 'target_attributes', test.path], problem);
    }
    return attributesQuery(tests);
  }
}

function variationsOf({ baseline, ...feature }: Properties): { readonly on: unknown; readonly baseline: unknown } {
  return { on: Object.hasOwn(feature, 'value') ? feature['value'] : true, baseline };
}

/** Numbers stand for their decimal text (rulesets §1). */
function userIdText(id: string | number): string {
  return typeof id === 'string' ? id : decimalText(id + 0);
}
