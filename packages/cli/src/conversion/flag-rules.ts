import { optionRules } from '@halyard/core';

type Properties = Readonly<Record<string, unknown>>;

/** The targeting rules of a flag. */
export function allRulesOf(flag: Properties): readonly Properties[] {
  return (flag['targeting'] ?? []) as readonly Properties[];
}

/** The targeting rules that count. */
export function rulesOf(flag: Properties): readonly Properties[] {
  return allRulesOf(flag).filter((rule) => rule['disable'] !== true);
}

/** The percentages of a rule; undefined if it has none. */
export function sharesIn(rule: Properties): Readonly<Record<string, unknown>> | undefined {
  const shares = rule['percentage'];
  return optionRules.isPlainObject(shares) && Object.keys(shares).length > 0 ? shares : undefined;
}

/** Whether a rule asks for a targeting key. */
export function needsKey(rule: Properties): boolean {
  return rule['progressiveRollout'] !== undefined || sharesIn(rule) !== undefined;
}
