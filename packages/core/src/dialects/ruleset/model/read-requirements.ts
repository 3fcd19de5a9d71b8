import type { Branch } from '../../../diagnostics/branch.ts';
import { below } from '../../../diagnostics/branch.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { nearestName } from '../../../options/nearest-name.ts';
import type { Findings } from './findings.ts';
import type { FeatureModel, Requirement } from './ruleset-model.ts';

type Features = ReadonlyMap<string, FeatureModel>;

/** How many features one may need, directly and through others. */
const MOST_REQUIREMENTS = 1_000;

/**
 * Follows `requires` (rulesets §1): unknown names and cycles are faults. What a feature needs is listed flat, in the
 * order in which it is asked, so that evaluation neither recurses nor asks twice.
 *
 * @param at the place of the features
 * @returns nothing for features that are part of a cycle, or need one that is
 */
export function readRequirements(
  features: Features,
  at: Branch,
  findings: Findings,
): ReadonlyMap<string, readonly Requirement[]> {
  for (const feature of features.values()) reportUnknown(feature, features, at, findings);
  const resolved = new Map<string, readonly Requirement[]>();
  for (const feature of features.values()) {
    if (feature.requires.length === 0 || resolved.has(feature.name)) continue;
    for (const name of inOrder(feature, features, resolved, (cycle) => reportCycle(cycle, at, findings))) {
      resolved.set(name, requirementsOf(features.get(name) as FeatureModel, features, resolved));
    }
    const needed = resolved.get(feature.name) ?? [];
    if (needed.length > MOST_REQUIREMENTS) {
      const expected = `at most ${MOST_REQUIREMENTS}, directly and through others`;
      findings.fault(below(below(at, feature.name), 'requires'), `${needed.length} features or more`, expected);
      // those that require it do not count its requirements once more
      resolved.set(feature.name, []);
    }
  }
  for (const [name, needed] of resolved) if (needed.length === 0) resolved.delete(name);
  return resolved;
}

function reportUnknown({ name, requires }: FeatureModel, features: Features, at: Branch, findings: Findings): void {
  requires.forEach((needed, index) => {
    if (features.has(needed)) return;
    const meant = nearestName(needed, features.keys());
    const hint = meant === undefined ? '' : `; ${describeValue(meant)} is the nearest`;
    const own = below(below(below(at, name), 'requires'), index);
    findings.wrong(own, needed, `a feature of the same ruleset${hint}`);
  });
}

/** So many features of a cycle are named. */
const MOST_NAMED = 10;

function reportCycle(cycle: readonly string[], at: Branch, findings: Findings): void {
  const own = below(below(at, cycle[0] as string), 'requires');
  const named = cycle.length > MOST_NAMED ? [...cycle.slice(0, MOST_NAMED), '…'] : cycle;
  findings.fault(own, `the cycle ${[...named, cycle[0]].join(' → ')}`, 'features that do not require themselves');
}

/** A step of the way down: a feature, and which of its requirements is looked at next. */
interface Step {
  readonly feature: FeatureModel;
  next: number;
  closesCycle: boolean;
}

/**
 * The features that one needs and that are not resolved yet, each behind those it needs itself, without recursion. It
 * comes last itself.
 */
function inOrder(
  start: FeatureModel,
  features: Features,
  resolved: ReadonlyMap<string, unknown>,
  onCycle: (names: readonly string[]) => void,
): ReadonlySet<string> {
  const done = new Set<string>();
  const way: Step[] = [{ feature: start, next: 0, closesCycle: false }];
  const onWay = new Set([start.name]);
  for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
    const name = step.feature.requires[step.next++];
    if (name === undefined) {
      way.pop();
      onWay.delete(step.feature.name);
      done.add(step.feature.name);
    } else if (onWay.has(name)) {
      // one cycle for each feature that closes any is enough to find them all
      if (!step.closesCycle) onCycle([...onWay].slice([...onWay].indexOf(name)));
      step.closesCycle = true;
    } else if (features.has(name) && !done.has(name) && !resolved.has(name)) {
      way.push({ feature: features.get(name) as FeatureModel, next: 0, closesCycle: false });
      onWay.add(name);
    }
  }
  return done;
}

/** What a feature needs: of each that it names first what that one needs, each once, up to the limit and a little more. */
function requirementsOf(
  { requires }: FeatureModel,
  features: Features,
  resolved: ReadonlyMap<string, readonly Requirement[]>,
): readonly Requirement[] {
  const needed = new Map<string, Requirement>();
  for (const through of requires) {
    const direct = features.get(through);
    if (direct === undefined || needed.has(through)) continue;
    for (const { feature } of resolved.get(through) ?? []) {
      if (!needed.has(feature.name)) needed.set(feature.name, { feature, through });
      if (needed.size > MOST_REQUIREMENTS) return [...needed.values()];
    }
    needed.set(through, { feature: direct, through });
  }
  return [...needed.values()];
}
