/** The property names of one kind of object, by themselves and in lower case. */
export interface PropertyNames {
  readonly exact: ReadonlySet<string>;
  readonly byLowerCase: ReadonlyMap<string, string>;
}

function propertyNames(...names: readonly string[]): PropertyNames {
  return { exact: new Set(names), byLowerCase: new Map(names.map((name) => [name.toLowerCase(), name])) };
}

const bodyNames = ['variations', 'targeting', 'defaultRule', 'experimentation', 'trackEvents', 'disable', 'version'];
const flagNames = [...bodyNames, 'bucketingKey', 'scheduledRollout', 'metadata'];

export const flagProperties: PropertyNames = propertyNames(...flagNames);
// a step is decoded as a whole flag; metadata, bucketingKey and a nested schedule have no effect there (§2)
export const stepProperties: PropertyNames = propertyNames(...flagNames, 'date');
export const ruleProperties: PropertyNames = propertyNames(
  'name',
  'query',
  'variation',
  'percentage',
  'progressiveRollout',
  'disable',
);
export const experimentationProperties: PropertyNames = propertyNames('start', 'end');
export const rolloutProperties: PropertyNames = propertyNames('initial', 'end');
export const rolloutEndProperties: PropertyNames = propertyNames('variation', 'percentage', 'date');
