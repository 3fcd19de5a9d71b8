import type { ProgressiveRollout, RolloutEnd, RuleModel } from '../model/flag-model.ts';

/** A rule changed by a scheduled step's rule (goff-evaluation §6.4). Nothing is ever cleared but percentages. */
export function mergeRule(rule: RuleModel, change: RuleModel): RuleModel {
  return {
    name: rule.name,
    query: change.query ?? rule.query,
    variation: change.variation ?? rule.variation,
    percentage: mergePercentage(rule.percentage, change.percentage),
    progressiveRollout: mergeRollout(rule.progressiveRollout, change.progressiveRollout),
    disable: change.disable ?? rule.disable,
  };
}

function mergePercentage(
  percentage: ReadonlyMap<string, number> | undefined,
  change: ReadonlyMap<string, number> | undefined,
): ReadonlyMap<string, number> | undefined {
  if (change === undefined) return percentage;
  const merged = new Map(percentage);
  for (const [variation, percent] of change) {
    if (percent < 0) merged.delete(variation);
    else merged.set(variation, percent);
  }
  return merged;
}

function mergeRollout(
  rollout: ProgressiveRollout | undefined,
  change: ProgressiveRollout | undefined,
): ProgressiveRollout | undefined {
  if (change === undefined) return rollout;
  return { initial: mergeEnd(rollout?.initial, change.initial), end: mergeEnd(rollout?.end, change.end) };
}

const emptyEnd: RolloutEnd = { variation: undefined, percentage: undefined, date: undefined };

function mergeEnd(end: RolloutEnd | undefined, change: RolloutEnd | undefined): RolloutEnd {
  const { variation, percentage, date } = end ?? emptyEnd;
  return {
    variation: change?.variation ?? variation,
    percentage: change?.percentage ?? percentage,
    date: change?.date ?? date,
  };
}
