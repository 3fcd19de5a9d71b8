import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import { errorOutcome } from '../../../resolution/outcome.ts';
import type { FlagMetadata } from '../../../resolution/resolution.ts';
import type { Instant } from '../../../time/instant.ts';
import { compareInstants } from '../../../time/instant.ts';
import type { Experimentation, FlagBody, FlagModel, RuleModel } from '../model/flag-model.ts';
import { ruleNeedsKey } from './bucketing.ts';
import type { Decision, FlagSetting } from './compile-rule.ts';
import { compileDecision } from './compile-rule.ts';
import type { TimeOf } from './evaluation-time.ts';
import type { OutcomeMaker } from './outcome-maker.ts';
import type { Workshop } from './workshop.ts';

/** A flag at one stage of its schedule: constant, or a function. The bucketing key is left out where none is needed. */
export type Stage = Outcome | ((context: EvaluationContext, now: Instant | undefined, key?: string) => Outcome);

/** A flag as it is declared, before any step of its schedule. */
export interface BaseFlag {
  readonly flagKey: string;
  readonly flag: FlagModel;
  readonly maker: OutcomeMaker;
}

interface CompiledRule {
  readonly needsKey: boolean;
  readonly matches: ((context: EvaluationContext) => boolean) | undefined;
  readonly decision: Decision;
}

/** Whether an experimentation window is closed; both bounds belong to it (goff-evaluation §7). */
export function isClosed({ start, end }: Experimentation, now: Instant): boolean {
  if (start !== undefined && compareInstants(now, start) < 0) return true;
  return end !== undefined && compareInstants(now, end) > 0;
}

/** Compiles what goff-evaluation §4 does from step 4 on. `body` is the flag after the steps that are due. */
export function compileStage({ flagKey, flag, maker }: BaseFlag, body: FlagBody, workshop: Workshop): Stage {
  const make = maker.withVariations(body.variations);
  const scheduled = (flag.scheduledRollout?.length ?? 0) > 0;
  const disabled = (): Outcome => make.disabled(!scheduled && flag.experimentation === undefined);
  if (body.disable === true) return disabled();
  const cacheable = !scheduled && body.experimentation === undefined;
  const shared = { flagKey, make, timeOf: workshop.enrichedTime, cacheable };
  const decide = compileRules(body, shared, workshop);
  if (body.experimentation === undefined) return decide;
  return withWindow(decide, body.experimentation, disabled(), workshop.callersTime);
}

function withWindow(decide: Stage, window: Experimentation, disabled: Outcome, timeOf: TimeOf): Stage {
  return (context, now, key) => {
    if (isClosed(window, timeOf(context, now))) return disabled;
    return typeof decide === 'function' ? decide(context, now, key) : decide;
  };
}

const nobody = (): boolean => false;

const defaultReasons = { plain: 'DEFAULT', split: 'SPLIT' };
const staticReasons = { plain: 'STATIC', split: 'SPLIT' };
const targetingReasons = { plain: 'TARGETING_MATCH', split: 'TARGETING_MATCH_SPLIT' };

function compileRules(body: FlagBody, shared: FlagSetting, { targetings }: Workshop): Stage {
  const { make } = shared;
  const targeting = body.targeting ?? [];
  const rules = targeting
    // a disabled rule still asks for the key it would need (§5.1)
    .filter((rule) => rule.disable !== true || ruleNeedsKey(rule))
    .map((rule): CompiledRule => {
      const setting = { flag: shared, reasons: targetingReasons, metadata: make.metadataOf(rule.name) };
      const matches =
        rule.disable === true ? nobody : rule.query === undefined ? undefined : targetings.of(rule.query).matches;
      return { needsKey: ruleNeedsKey(rule), matches, decision: compileDecision(rule, setting) };
    });
  const otherwise = compileDefaultRule(body.defaultRule, shared, targeting.length > 0);
  if (rules.length === 0 && !otherwise.needsKey && typeof otherwise.decision !== 'function') return otherwise.decision;
  return firstMatch([...rules, otherwise], make.metadata);
}

function compileDefaultRule(rule: RuleModel | undefined, shared: FlagSetting, hasTargeting: boolean): CompiledRule {
  if (rule === undefined) {
    const missing = shared.make.error('GENERAL', 'no default targeting for the flag');
    return { needsKey: false, matches: undefined, decision: missing };
  }
  const decision = compileDecision(rule, {
    flag: shared,
    reasons: hasTargeting ? defaultReasons : staticReasons,
    metadata: shared.make.metadata,
  });
  return { needsKey: ruleNeedsKey(rule), matches: undefined, decision };
}

function noKey(metadata: FlagMetadata): Outcome {
  return errorOutcome('GENERAL', 'evaluate Rule: no key for bucketing-required rule', metadata);
}

// holds on to the metadata only: rare errors are made when they are needed
function firstMatch(rules: readonly CompiledRule[], metadata: FlagMetadata): Stage {
  const last = rules.length - 1;
  return (context, now, key = '') => {
    let index = 0;
    for (; index < last; index++) {
      const rule = rules[index] as CompiledRule;
      if (rule.needsKey && key === '') return noKey(metadata);
      if (rule.matches === undefined || rule.matches(context)) break;
    }
    const { decision, needsKey } = rules[index] as CompiledRule;
    if (needsKey && key === '') return noKey(metadata);
    return typeof decision === 'function' ? decision(key, context, now) : decision;
  };
}
