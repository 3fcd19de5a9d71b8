import { bucketOf } from '../../../bucketing/shares.ts';
import { fnv1a } from '../../../hash/fnv1a.ts';
import type { TraceStep } from '../../../resolution/explanation.ts';
import type { Instant } from '../../../time/instant.ts';
import { noMetadata } from '../../../resolution/resolution.ts';
import { isoTextOf } from '../../../time/instant-text.ts';
import type { FlagBody, FlagModel, RuleModel } from '../model/flag-model.ts';
import { compileBucketingKey } from './bucketing.ts';
import { isClosed } from './compile-stage.ts';
import { explainRule } from './explain-rule.ts';
import { sharesOf } from './percentage.ts';
import { ROLLOUT_MODULUS, rolloutOf } from './progressive-rollout.ts';
import type { Question } from './question.ts';
import { applyStep, datedSteps, dueSteps } from './schedule.ts';

/** The steps of goff-evaluation §4 and §5 for one context, as they were taken. */
export function explainFlag(flagKey: string, flag: FlagModel, question: Question): readonly TraceStep[] {
  const trace: TraceStep[] = [];
  const attributes = Object.keys(question.workshop.surroundings.enrichment);
  if (attributes.length > 0) trace.push({ step: 'enrichment', attributes });
  const body = explainSchedule(flag, question, trace);
  const key = explainKey(flag, question, trace);
  if (key === undefined || explainDisabled(body, question, trace)) return trace;
  const rule = (body.targeting ?? []).find((candidate, index) => {
    const step = explainRule(candidate, index, question);
    trace.push(step);
    return step.outcome === 'matched';
  });
  if (rule === undefined && body.defaultRule !== undefined) trace.push({ step: 'default-rule' });
  const deciding = rule ?? body.defaultRule;
  if (deciding !== undefined) explainOutcome(flagKey, key, { rule: deciding, question, trace });
  return trace;
}

/** The time the caller's context sets, or now. */
function callersTime({ context, now, workshop }: Question): Instant {
  return workshop.callersTime(context, now);
}

function explainSchedule(flag: FlagModel, question: Question, trace: TraceStep[]): FlagBody {
  const steps = datedSteps(flag.scheduledRollout ?? []);
  if (steps.length === 0) return flag;
  const now = callersTime(question);
  const applied = dueSteps(steps, now);
  trace.push({ step: 'schedule', now: isoTextOf(now), applied, of: steps.length });
  return steps.slice(0, applied).reduce<FlagBody>(applyStep, flag);
}

/** @returns undefined when the flag cannot go on without a key */
function explainKey(flag: FlagModel, question: Question, trace: TraceStep[]): string | undefined {
  const keyOf = compileBucketingKey(flag, question.workshop.surroundings.enrichment, noMetadata);
  if (keyOf === undefined) return '';
  const key = keyOf(question.context);
  const attribute = flag.bucketingKey || 'targetingKey';
  if (typeof key === 'string') {
    trace.push({ step: 'bucketing-key', attribute, key });
    return key;
  }
  trace.push({ step: 'bucketing-key', attribute, error: key.resolution.errorMessage ?? '' });
  return undefined;
}

function explainDisabled(body: FlagBody, question: Question, trace: TraceStep[]): boolean {
  if (body.disable === true) {
    trace.push({ step: 'disabled', because: 'disable' });
    return true;
  }
  const closed = body.experimentation !== undefined && isClosed(body.experimentation, callersTime(question));
  if (closed) trace.push({ step: 'disabled', because: 'experimentation' });
  return closed;
}

interface Choice {
  readonly rule: RuleModel;
  readonly question: Question;
  readonly trace: TraceStep[];
}

function explainOutcome(flagKey: string, key: string, { rule, question, trace }: Choice): void {
  const hash = fnv1a(key, fnv1a(flagKey));
  if (rule.progressiveRollout !== undefined) {
    const rollout = rolloutOf(rule.progressiveRollout);
    if (rollout === undefined) return;
    const now = question.workshop.enrichedTime(question.context, question.now);
    const bucket = bucketOf(hash, ROLLOUT_MODULUS);
    const reached = rollout.bucketsAt(now);
    trace.push({ step: 'progressive-rollout', now: isoTextOf(now), bucket, reached, modulus: ROLLOUT_MODULUS });
  } else if (rule.percentage !== undefined && rule.percentage.size > 0) {
    const { modulus, shares } = sharesOf(rule.percentage);
    trace.push({ step: 'percentage', bucket: bucketOf(hash, modulus), modulus, shares });
  }
}
