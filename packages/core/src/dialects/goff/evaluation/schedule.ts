import type { Instant } from '../../../time/instant.ts';
import { compareInstants } from '../../../time/instant.ts';
import type { FlagBody, RuleModel, StepModel } from '../model/flag-model.ts';
import { mergeRule } from './rule-merge.ts';

/** A step that will be due at some time. */
export interface DatedStep extends StepModel {
  readonly date: Instant;
}

/** The steps that have a date, in the order in which they come into force: by date, then as declared. */
export function datedSteps(steps: readonly StepModel[]): readonly DatedStep[] {
  const dated = steps.filter((step): step is DatedStep => step.date !== undefined);
  return dated.sort((left, right) => compareInstants(left.date, right.date));
}

/** How many of the steps are due at `now`. */
export function dueSteps(steps: readonly DatedStep[], now: Instant): number {
  let due = 0;
  while (due < steps.length && compareInstants((steps[due] as DatedStep).date, now) <= 0) due++;
  return due;
}

/** A flag as it is after one step (goff-evaluation §6.3). */
export function applyStep(flag: FlagBody, step: StepModel): FlagBody {
  return {
    variations:
      flag.variations && step.variations ? new Map([...flag.variations, ...step.variations]) : flag.variations,
    targeting: step.targeting ? mergeTargeting(flag.targeting ?? [], step.targeting) : flag.targeting,
    defaultRule:
      flag.defaultRule && step.defaultRule ? mergeRule(flag.defaultRule, step.defaultRule) : flag.defaultRule,
    experimentation: step.experimentation
      ? {
          start: step.experimentation.start ?? flag.experimentation?.start,
          end: step.experimentation.end ?? flag.experimentation?.end,
        }
      : flag.experimentation,
    trackEvents: step.trackEvents ?? flag.trackEvents,
    disable: step.disable ?? flag.disable,
    version: step.version ?? flag.version,
  };
}

function mergeTargeting(rules: readonly RuleModel[], changes: readonly RuleModel[]): RuleModel[] {
  const byName = new Map<string, RuleModel>();
  for (const change of changes) if (change.name !== undefined) byName.set(change.name, change);
  const merged = new Set<string>();
  const edited = rules.map((rule) => {
    const change = byName.get(rule.name ?? '');
    if (change === undefined) return rule;
    merged.add(rule.name ?? '');
    return mergeRule(rule, change);
  });
  return [...edited, ...changes.filter((change) => !merged.has(change.name ?? ''))];
}
