import { allRulesOf, needsKey, rulesOf } from './flag-rules.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Why a flag cannot be a feature, whatever its rules are. */
interface Obstacle {
  readonly property: string;
  readonly message: string;
}

const timeless = 'features do not look at the time';

/** What a flag has that no feature has. */
export function obstaclesIn(flag: Properties): readonly Obstacle[] {
  const steps = flag['scheduledRollout'];
  const bucketingKey = flag['bucketingKey'];
  const disabledRules = allRulesOf(flag).filter((rule) => rule['disable'] === true);
  const rules = [...rulesOf(flag), (flag['defaultRule'] ?? {}) as Properties];
  const problems: readonly (readonly [boolean, string, string])[] = [
    [
      flag['disable'] === true,
      'disable',
      'a flag that is off answers the default of the caller, a feature its baseline',
    ],
    [flag['experimentation'] !== undefined, 'experimentation', timeless],
    [Array.isArray(steps) && steps.length > 0, 'scheduledRollout', timeless],
    [bucketingKey !== undefined && bucketingKey !== '', 'bucketingKey', 'features split by the user id'],
    [flag['trackEvents'] === false, 'trackEvents', 'features cannot be kept out of the usage data'],
    [
      disabledRules.some(needsKey),
      'targeting',
      'a disabled rule with percentages asks for a targeting key all the same',
    ],
    [
      rules.some((rule) => rule['progressiveRollout'] !== undefined),
      'defaultRule',
      `${timeless}, as a progressive rollout does`,
    ],
  ];
  return problems.flatMap(([isThere, property, message]) => (isThere ? [{ property, message }] : []));
}
