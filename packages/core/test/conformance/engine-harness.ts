import type { EvaluationContext } from '../../src/context/evaluation-context.ts';
import { checkContext, ContextFault } from '../../src/context/check-context.ts';
import { compileFlag } from '../../src/dialects/goff/evaluation/compile-flag.ts';
import { explainFlag } from '../../src/dialects/goff/evaluation/explain-flag.ts';
import { workshopIn } from '../../src/dialects/goff/evaluation/workshop.ts';
import type { FlagModel } from '../../src/dialects/goff/model/flag-model.ts';
import { readFlag } from '../../src/dialects/goff/model/read-flag.ts';
import type { Outcome } from '../../src/resolution/outcome.ts';
import { resolutionFor } from '../../src/resolution/outcome.ts';
import type { AskedKind } from '../../src/resolution/resolution.ts';
import type { Instant } from '../../src/time/instant.ts';
import { parseInstant } from '../../src/time/rfc3339.ts';

/** A case of the tables `value`, `rule` and `variation-api`. */
export interface EngineCase {
  readonly id: string;
  readonly now: string;
  readonly flagKey: string;
  readonly flag: object;
  readonly context: EvaluationContext | null;
  readonly enrichment?: Record<string, unknown>;
  readonly defaultValue: unknown;
  readonly type?: string;
  readonly expectedType?: string;
  readonly raises?: boolean;
  readonly notInitialised?: boolean;
  readonly offline?: boolean;
  readonly flagLookupFails?: boolean;
  readonly goOnly?: boolean;
  readonly repeat?: number;
  readonly expected: Readonly<Record<string, unknown>>;
}

export function modelOf(flag: unknown): FlagModel {
  const model = readFlag(flag, 'any-case', () => undefined);
  if (model === undefined) throw new Error('no flag');
  return model;
}

/** The outcome of a flag that was not validated, as the published tables want it. */
function outcomeOf({ flagKey, flag, context, enrichment = {}, now }: EngineCase): Outcome {
  const checked = checkContext(context ?? {});
  if (checked instanceof ContextFault) throw new Error(checked.message);
  const surroundings = { enrichment, now: () => parseInstant(now) as Instant };
  const decision = compileFlag(flagKey, modelOf(flag), workshopIn(surroundings));
  return typeof decision === 'function' ? decision(checked, undefined) : decision;
}

/** The targeting rule that decided, by what `explain` tells. */
function decidingRule({ flagKey, flag, context, enrichment = {}, now }: EngineCase): {
  ruleIndex?: number;
  ruleName?: string;
} {
  const workshop = workshopIn({ enrichment, now: () => parseInstant(now) as Instant });
  const question = { context: context ?? {}, now: parseInstant(now) as Instant, workshop };
  const steps = explainFlag(flagKey, modelOf(flag), question);
  const rule = steps.find((step) => step.step === 'rule' && step.outcome === 'matched');
  if (rule?.step !== 'rule') return {};
  return { ruleIndex: rule.index, ...(rule.name !== undefined && { ruleName: rule.name }) };
}

/** What a case of the tables compares, in the tables' words. */
export function answerOf(row: EngineCase, kind: AskedKind): Record<string, unknown> {
  const outcome = outcomeOf(row);
  const { value, variant, reason, errorCode, errorMessage, flagMetadata } = resolutionFor(
    outcome,
    kind,
    row.defaultValue,
  );
  const { version, ...metadata } = flagMetadata;
  const cacheable = errorCode === undefined && outcome.cacheable;
  return { value, variant, reason, errorCode, errorMessage, cacheable, metadata, version, ...decidingRule(row) };
}
