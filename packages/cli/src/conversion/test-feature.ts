import type { Split } from './split.ts';
import { haveSameBuckets, splitOfTest } from './split.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A test, and what those get who are not treated. */
interface TestFeature {
  readonly feature: Properties;
  readonly baseline: string;
}

/**
 * A split between texts as a test, whose groups are called as the variations were. Undefined for one that a test does
 * not have: of other values, to a text request it answers the name of the group; and it has two values at most.
 */
export function testFeature(key: string, flag: Properties, split: Split): TestFeature | undefined {
  const variations = flag['variations'] as Properties;
  const groups = split.shares.map(({ variation }) => variation);
  const texts = groups.map((group) => variations[group]).filter((value) => typeof value === 'string');
  const baseline = texts.at(-1);
  const [value = baseline, third] = new Set(texts.filter((text) => text !== baseline));
  // one group alone would be a split, where a flag has a constant
  if (groups.length < 2 || texts.length < groups.length || baseline === undefined || third !== undefined) {
    return undefined;
  }
  const written = (flag['defaultRule'] as Properties)['percentage'] as Readonly<Record<string, number>>;
  const candidates = [
    groups.map((group) => written[group] as number),
    split.shares.map(({ from, to }) => (to - from) / 1000),
    split.shares.map(({ from, to }) => to - from),
  ];
  const weights = candidates.find((numbers) => haveSameBuckets(split, splitOfTest(key, testOf(groups, numbers))));
  if (weights === undefined) return undefined;
  const treated = groups.filter((group) => variations[group] !== baseline);
  return { feature: { ...testOf(groups, weights), treatment_groups: treated, value }, baseline };
}

function testOf(
  groups: readonly string[],
  weights: readonly number[],
): { readonly groups: readonly string[]; readonly weights: readonly number[] } {
  return { groups, weights };
}
