import type { DocumentMembers, FlagKind } from '@halyard/core';
import { compareCodePoints, kindOf, optionRules, writtenFlag } from '@halyard/core';

/** The kinds of request that each flag answers, by key. A flag without any has no value that can be asked for. */
export type FlagKinds = ReadonlyMap<string, ReadonlySet<FlagKind>>;

/** A kind that a flag was seen to have; undefined for a value of null, which no request gets. */
export type KindSeen = (flag: string, kind: FlagKind | undefined) => void;

/** Gathers kinds, flag by flag. */
export class KindRegister {
  readonly #kinds = new Map<string, Set<FlagKind>>();

  readonly see: KindSeen = (flag, kind) => {
    const known = this.#kinds.get(flag) ?? new Set();
    if (kind !== undefined) known.add(kind);
    this.#kinds.set(flag, known);
  };

  /** All that was seen, in the order of the keys' code points. */
  sorted(): FlagKinds {
    return new Map([...this.#kinds].toSorted(([left], [right]) => compareCodePoints(left, right)));
  }
}

const kindIn = (value: unknown): FlagKind | undefined => {
  const kind = kindOf(value);
  return kind === 'null' ? undefined : kind;
};

/** The kinds of GO Feature Flag's flags: of their variations, those that a schedule adds included. */
export function seeGoffKinds(members: DocumentMembers, see: KindSeen): void {
  for (const [key, definition] of members) {
    const flag = writtenFlag(definition) ?? {};
    const steps = Array.isArray(flag['scheduledRollout']) ? (flag['scheduledRollout'] as unknown[]) : [];
    for (const body of [flag, ...steps]) {
      const variations = optionRules.isPlainObject(body) ? body['variations'] : undefined;
      if (!optionRules.isPlainObject(variations)) continue;
      for (const value of Object.values(variations)) see(key, kindIn(value));
    }
  }
}

/**
 * The kinds of the features of one ruleset: of their baselines, which their values share; features of a test answer
 * text requests too (rulesets §3.6).
 *
 * @param definition of the ruleset, which is valid
 */
export function seeRulesetKinds(definition: Readonly<Record<string, unknown>>, see: KindSeen): void {
  const { type, baseline, features } = definition;
  const baselines = optionRules.isPlainObject(baseline) ? baseline : {};
  for (const [feature, value] of Object.entries(baselines)) see(feature, kindIn(value));
  for (const feature of optionRules.isPlainObject(features) ? Object.keys(features) : []) {
    if (!Object.hasOwn(baselines, feature)) see(feature, 'boolean');
    if (type === 'ab_test') see(feature, 'string');
  }
}
