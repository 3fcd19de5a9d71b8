import type { Branch } from '../../../diagnostics/branch.ts';
import { below, pathOf } from '../../../diagnostics/branch.ts';
import type { Report } from '../../../diagnostics/diagnostic.ts';
import { kindOf } from '../../../resolution/outcome.ts';
import type { TargetingCache } from '../targeting/targeting-cache.ts';
import type { FlagModel, ProgressiveRollout, RuleModel } from './flag-model.ts';
import { checkTargeting } from './check-targeting.ts';
import { isNestedDeeper } from '../../nesting.ts';

/** Deeper values are refused: programs that serialise an answer would run out of stack. */
const DEEPEST_VALUE = 1_000;

type Refuse = (code: string, message: string, at: Branch) => void;

/** What kind a variation value is to the relay: arrays and objects differ (goff-evaluation §3.1). */
const variationKind = (value: unknown): string => (Array.isArray(value) ? 'array' : kindOf(value));

/**
 * Reports why the relay would leave a flag out (goff-evaluation §3), as errors, and what it silently ignores in the
 * flag's queries, as warnings. Scheduled steps are not validated.
 */
export function validateFlag(flag: FlagModel, targetings: TargetingCache, report: Report): void {
  const refuse: Refuse = (code, message, at) => report({ severity: 'error', code, message, path: pathOf(at) });
  validateVariations(flag, refuse);
  const known = flag.variations ?? new Map<string, unknown>();
  if (flag.defaultRule === undefined) refuse('default-rule-missing', 'the flag has no defaultRule', undefined);
  else validateOutcome(flag.defaultRule, known, below(undefined, 'defaultRule'), refuse);
  flag.targeting?.forEach((rule, index) => {
    if (rule.disable === true) return;
    const at = below(below(undefined, 'targeting'), index);
    validateOutcome(rule, known, at, refuse);
    checkTargeting(rule.query, at, targetings, report);
  });
  validateNames(flag.targeting ?? [], refuse);
  if (isNestedDeeper(flag.metadata, DEEPEST_VALUE)) {
    refuse(
      'value-too-deep',
      `the metadata is nested deeper than ${DEEPEST_VALUE} levels`,
      below(undefined, 'metadata'),
    );
  }
}

function validateVariations({ variations }: FlagModel, refuse: Refuse): void {
  if (variations === undefined || variations.size === 0) {
    refuse('variations-missing', 'the flag has no variations', undefined);
    return;
  }
  const [first] = variations.values();
  for (const [name, value] of variations) {
    const at = below(below(undefined, 'variations'), name);
    if (value === null) refuse('variation-null', 'a variation has no value', at);
    else if (isNestedDeeper(value, DEEPEST_VALUE)) {
      refuse('value-too-deep', `the value is nested deeper than ${DEEPEST_VALUE} levels`, at);
    } else if (variationKind(value) !== variationKind(first)) {
      const message = `this variation is a ${variationKind(value)}, the first one a ${variationKind(first)}: all must be of one kind`;
      refuse('variation-kinds-differ', message, at);
    }
  }
}

function validateOutcome(rule: RuleModel, variations: ReadonlyMap<string, unknown>, at: Branch, refuse: Refuse): void {
  const { percentage, progressiveRollout, variation } = rule;
  const checkKnown = (name: string | undefined, at: Branch): void => {
    if (name === undefined || !variations.has(name)) {
      refuse('variation-unknown', `the flag has no variation ${JSON.stringify(name ?? '')}`, at);
    }
  };
  if (percentage === undefined && progressiveRollout === undefined && variation === undefined) {
    refuse('outcome-missing', 'the rule has neither variation nor percentage nor progressiveRollout', at);
  }
  if (percentage !== undefined) validatePercentage(percentage, checkKnown, below(at, 'percentage'), refuse);
  if (progressiveRollout !== undefined) {
    validateRollout(progressiveRollout, checkKnown, below(at, 'progressiveRollout'), refuse);
  }
  const isOnlyOutcome = percentage === undefined && progressiveRollout === undefined;
  if (isOnlyOutcome && variation !== undefined) checkKnown(variation, below(at, 'variation'));
}

type CheckKnown = (name: string | undefined, at: Branch) => void;

function validatePercentage(
  percentage: ReadonlyMap<string, number>,
  checkKnown: CheckKnown,
  at: Branch,
  refuse: Refuse,
): void {
  let sum = 0;
  for (const [name, percent] of percentage) {
    sum += percent;
    checkKnown(name, below(at, name));
  }
  if (sum === 0) refuse('percentage-empty', 'the percentages add up to 0: nobody would have a variation', at);
}

function validateRollout(
  { initial, end }: ProgressiveRollout,
  checkKnown: CheckKnown,
  at: Branch,
  refuse: Refuse,
): void {
  if (initial === undefined || end === undefined) {
    const missing = initial === undefined ? 'initial' : 'end';
    refuse('rollout-incomplete', `the progressive rollout has no ${missing}`, at);
    return;
  }
  if ((end.percentage ?? 0) < (initial.percentage ?? 0)) {
    refuse(
      'rollout-shrinks',
      'the end percentage is lower than the initial one',
      below(below(at, 'end'), 'percentage'),
    );
  }
  checkKnown(initial.variation, below(below(at, 'initial'), 'variation'));
  checkKnown(end.variation, below(below(at, 'end'), 'variation'));
}

function validateNames(rules: readonly RuleModel[], refuse: Refuse): void {
  const seen = new Set<string>();
  rules.forEach(({ name }, index) => {
    if (name === undefined || name === '') return;
    if (seen.has(name))
      refuse(
        'rule-name-repeated',
        `two rules are called ${JSON.stringify(name)}`,
        below(below(below(undefined, 'targeting'), index), 'name'),
      );
    seen.add(name);
  });
}
