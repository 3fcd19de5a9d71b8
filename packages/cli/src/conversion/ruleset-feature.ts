import type { DocumentPath, FlagDefinition } from '@halyard/core';
import { writtenFlag } from '@halyard/core';
import { obstaclesIn } from './flag-obstacles.ts';
import { needsKey, rulesOf, sharesIn } from './flag-rules.ts';
import { attributesIn, userListIn } from './query-text.ts';
import type { ConversionTerms, Reservations } from './refusal.ts';
import { fromHereUp, haveSameBuckets, splitOfGoffFlag, splitOfPercentage } from './split.ts';
import { testFeature } from './test-feature.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A flag that can be a feature. */
export interface ConvertedFeature {
  /** Undefined for one that is known by its baseline alone. */
  readonly feature: Properties | undefined;
  readonly baseline: unknown;
  /** The only type of ruleset that it can stand in; undefined for any. */
  readonly type: 'percentage' | 'user_targeting' | 'ab_test' | undefined;
}

/** Which variations a feature has: the value when it is on, and the baseline. */
interface Names {
  readonly on: string | undefined;
  readonly baseline: string;
}

/** Writes flags of GO Feature Flag down as features. What would answer differently is refused, and undefined. */
export class RulesetFeatureWriter {
  readonly #terms: ConversionTerms;
  readonly #reservations: Reservations;

  constructor(terms: ConversionTerms, reservations: Reservations) {
    this.#terms = terms;
    this.#reservations = reservations;
  }

  featureOf(key: string, definition: FlagDefinition): ConvertedFeature | undefined {
    const flag = writtenFlag(definition) ?? {};
    const obstacles = obstaclesIn(flag);
    for (const { property, message } of obstacles) this.#reservations.refuse([key, property], message);
    if (obstacles.length > 0) return undefined;
    for (const name of ['metadata', 'version'].filter((name) => flag[name] !== undefined)) {
      this.#reservations.lose([key, name], 'is lost: features have none');
    }
    const rules = rulesOf(flag);
    const defaultRule = (flag['defaultRule'] ?? {}) as Properties;
    if (rules.length > 0) return this.#targeted(key, flag, rules);
    if (sharesIn(defaultRule) !== undefined) return this.#split(key, flag);
    return this.#constant(key, flag, defaultRule['variation'] as string);
  }

  #constant(key: string, flag: Properties, name: string): ConvertedFeature | undefined {
    const value = variationOf(flag, name);
    if (!this.#keepsNames([key, 'variations'], { on: name === 'baseline' ? undefined : name, baseline: 'baseline' })) {
      return undefined;
    }
    // what is known by its baseline alone stands in a ruleset of any type
    if (name !== 'on') return { feature: undefined, baseline: value, type: undefined };
    const baseline = variationOf(flag, 'baseline') ?? value;
    return { feature: { percentage: 100, ...valueOf(value) }, baseline, type: 'percentage' };
  }

  #split(key: string, flag: Properties): ConvertedFeature | undefined {
    const at = [key, 'defaultRule', 'percentage'];
    const split = splitOfGoffFlag(key, flag);
    const [on, baseline, third] = split?.shares ?? [];
    const isPair = on !== undefined && baseline !== undefined && third === undefined;
    const isNamed = isPair && this.#mayBeCalled({ on: on.variation, baseline: baseline.variation });
    const test = split === undefined || isNamed ? undefined : testFeature(key, flag, split);
    if (split === undefined || (!isPair && test === undefined)) {
      const message =
        'two variations must have a share, or more that are two texts between them, in percentages that add up to 100';
      this.#reservations.refuse(at, message);
      return undefined;
    }
    this.#reservations.refuseUsers(at, this.#terms);
    if (test !== undefined || !isPair) return test && { ...test, type: 'ab_test' };
    const written = sharesIn((flag['defaultRule'] ?? {}) as Properties)?.[on.variation] as number;
    const candidates = [on.to / 1000, written, ...fromHereUp(on.to / 1000)];
    const percentage = candidates.find((candidate) => {
      const isPercentage = candidate > 0 && candidate < 100;
      return isPercentage && haveSameBuckets(split, splitOfPercentage(key, candidate));
    });
    if (percentage === undefined) {
      this.#reservations.refuse(at, 'no percentage of a feature gives everybody the bucket that they have');
      return undefined;
    }
    if (!this.#keepsNames([key, 'variations'], { on: on.variation, baseline: baseline.variation })) return undefined;
    const feature = { percentage, ...valueOf(variationOf(flag, on.variation)) };
    return { feature, baseline: variationOf(flag, baseline.variation), type: 'percentage' };
  }

  #targeted(key: string, flag: Properties, rules: readonly Properties[]): ConvertedFeature | undefined {
    const baseline = ((flag['defaultRule'] ?? {}) as Properties)['variation'];
    const read = rules.map((rule) => ruleIn(rule, baseline));
    const isKnown = typeof baseline === 'string' && sharesIn((flag['defaultRule'] ?? {}) as Properties) === undefined;
    const parts = read.filter((part): part is RulePart => part !== undefined);
    const order = parts.map(({ name }) => partNames.indexOf(name));
    const isInOrder = order.every((place, index) => index === 0 || (order[index - 1] as number) < place);
    const [on, other] = new Set(parts.filter(({ name }) => name !== 'blacklist').map(({ variation }) => variation));
    if (!isKnown || parts.length !== rules.length || !isInOrder || other !== undefined) {
      const message =
        'only lists of targeting keys and attributes are rules of a feature, in the form that convert writes';
      this.#reservations.refuse([key, 'targeting'], message);
      return undefined;
    }
    if (parts.some(({ name }) => name !== 'target_attributes')) {
      this.#reservations.refuseUsers([key, 'targeting'], this.#terms);
    }
    if (!this.#keepsNames([key, 'variations'], { on, baseline })) return undefined;
    const value = on === undefined ? variationOf(flag, baseline) : variationOf(flag, on);
    const feature = { ...Object.fromEntries(parts.map(({ name, content }) => [name, content])), ...valueOf(value) };
    return { feature, baseline: variationOf(flag, baseline), type: 'user_targeting' };
  }

  #keepsNames(path: DocumentPath, { on, baseline }: Names): boolean {
    if (this.#mayBeCalled({ on, baseline })) return true;
    const named = [...(on === undefined ? [] : [on]), baseline].map((name) => JSON.stringify(name)).join(' and ');
    const message = `${named} would be the variants "on" and "baseline": say --rename-variants if they may`;
    this.#reservations.refuse(path, message);
    return false;
  }

  /** Whether these may be the variants "on" and "baseline" afterwards. */
  #mayBeCalled({ on, baseline }: Names): boolean {
    return this.#terms.renameVariants || ((on === undefined || on === 'on') && baseline === 'baseline');
  }
}

const partNames = ['blacklist', 'whitelist', 'target_attributes'] as const;

interface RulePart {
  readonly name: (typeof partNames)[number];
  readonly content: unknown;
  readonly variation: string;
}

/** What a rule is for a feature; undefined if it is nothing that one has. */
function ruleIn(rule: Properties, baseline: unknown): RulePart | undefined {
  const { query, variation } = rule;
  if (typeof query !== 'string' || typeof variation !== 'string' || needsKey(rule)) return undefined;
  const users = userListIn(query);
  if (users !== undefined) {
    return { name: variation === baseline ? 'blacklist' : 'whitelist', content: users, variation };
  }
  const tests = attributesIn(query);
  if (tests === undefined) return undefined;
  const content = Object.fromEntries(tests.map(({ path, values }) => [path, values.length === 1 ? values[0] : values]));
  return { name: 'target_attributes', content, variation };
}

function variationOf(flag: Properties, name: string): unknown {
  return (flag['variations'] as Properties)[name];
}

/** A feature's value; true goes without saying. */
function valueOf(value: unknown): Properties {
  return value === true ? {} : { value };
}
