import type { Instant } from '../../../time/instant.ts';

/** One end of a progressive rollout. */
export interface RolloutEnd {
  readonly variation: string | undefined;
  readonly percentage: number | undefined;
  readonly date: Instant | undefined;
}

export interface ProgressiveRollout {
  readonly initial: RolloutEnd | undefined;
  readonly end: RolloutEnd | undefined;
}

/** A targeting rule, a default rule, or what a scheduled step changes of one. */
export interface RuleModel {
  readonly name: string | undefined;
  readonly query: string | undefined;
  readonly variation: string | undefined;
  readonly percentage: ReadonlyMap<string, number> | undefined;
  readonly progressiveRollout: ProgressiveRollout | undefined;
  readonly disable: boolean | undefined;
}

export interface Experimentation {
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
}

/** What a flag and a scheduled step have in common. */
export interface FlagBody {
  readonly variations: ReadonlyMap<string, unknown> | undefined;
  readonly targeting: readonly RuleModel[] | undefined;
  readonly defaultRule: RuleModel | undefined;
  readonly experimentation: Experimentation | undefined;
  readonly trackEvents: boolean | undefined;
  readonly disable: boolean | undefined;
  readonly version: string | undefined;
}

export interface StepModel extends FlagBody {
  readonly date: Instant | undefined;
}

/** A flag of a GO Feature Flag file as read: types are right, null is absent, nothing else is promised. */
export interface FlagModel extends FlagBody {
  readonly bucketingKey: string | undefined;
  readonly scheduledRollout: readonly StepModel[] | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}
