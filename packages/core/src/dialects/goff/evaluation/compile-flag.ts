import type { Outcome } from '../../../resolution/outcome.ts';
import type { FlagBody, FlagModel } from '../model/flag-model.ts';
import type { BucketingKeyOf } from './bucketing.ts';
import { compileBucketingKey } from './bucketing.ts';
import type { Decide } from '../../dialect.ts';
import type { Workshop } from './workshop.ts';
import type { Stage } from './compile-stage.ts';
import { compileStage } from './compile-stage.ts';
import type { TimeOf } from './evaluation-time.ts';
import { flagMetadataOf, OutcomeMaker } from './outcome-maker.ts';
import type { DatedStep } from './schedule.ts';
import { applyStep, datedSteps, dueSteps } from './schedule.ts';

/**
 * Compiles a flag into closures (goff-evaluation §4). Copes with flags that validation would refuse.
 *
 * @returns an outcome where the answer cannot depend on context or time, else a function
 */
export function compileFlag(flagKey: string, flag: FlagModel, workshop: Workshop): Outcome | Decide {
  const maker = new OutcomeMaker(flagMetadataOf(flag), flag.variations);
  const keyOf = compileBucketingKey(flag, workshop.surroundings.enrichment, maker.metadata);
  const steps = datedSteps(flag.scheduledRollout ?? []);
  const compileBody = (body: FlagBody): Outcome | Decide =>
    withKey(keyOf, compileStage({ flagKey, flag, maker }, body, workshop));
  return steps.length === 0 ? compileBody(flag) : compileSchedule(steps, flag, workshop.callersTime, compileBody);
}

function withKey(keyOf: BucketingKeyOf | undefined, stage: Stage): Outcome | Decide {
  if (keyOf === undefined) return stage;
  return (context, now) => {
    const key = keyOf(context);
    if (typeof key !== 'string') return key;
    return typeof stage === 'function' ? stage(context, now, key) : stage;
  };
}

function compileSchedule(
  steps: readonly DatedStep[],
  flag: FlagModel,
  timeOf: TimeOf,
  compileBody: (body: FlagBody) => Outcome | Decide,
): Decide {
  const bodies: FlagBody[] = [flag];
  for (const step of steps) bodies.push(applyStep(bodies.at(-1) as FlagBody, step));
  const stages: (Outcome | Decide)[] = [];
  return (context, now) => {
    const due = dueSteps(steps, timeOf(context, now));
    const body = bodies[due] as FlagBody;
    const stage = (stages[due] ??= compileBody(body));
    return typeof stage === 'function' ? stage(context, now) : stage;
  };
}
