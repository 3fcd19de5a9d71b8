/** Random GO Feature Flag definitions and contexts: all features, right and wrong ones. */

const variationNames = ['A', 'B', 'C', 'é', '😀', '￮', 'constructor'];
const ruleNames = ['r1', 'r2', 'r3', ''];
const dates = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.5Z',
  '2026-06-15T12:00:00+02:00',
  '2026-06-15T12:00:00.000000001Z',
  '2026-06-16T00:00:00Z',
  '2027-01-01T00:00:00Z',
  '2026-06-15T10:00:00Z',
  '1969-12-31T23:59:59.25Z',
];
const texts = ['FR', 'fr', 'user-1', '', 'acme', 'x@acme.com', 'É', 'İ', 'ΑΣ', '1.2.3', '1.10.0-rc.1'];
const keys = ['user-1', 'user-2', 'ünï', '😀', 'a', '42', ''];
const attributes = [
  'country',
  'age',
  'email',
  'beta',
  'company',
  'list',
  'version',
  'targetingKey',
  'key',
  'anonymous',
];

const queries = (choose) => {
  const attribute = choose.of([...attributes, 'company.name', 'company.size', 'company.a.b', 'missing.a']);
  const text = JSON.stringify(choose.of(texts));
  const operator = choose.of(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'co', 'sw', 'ew', '==', '!=']);
  return choose.of([
    () => `${attribute} ${operator} ${text}`,
    () => `${attribute} ${operator} ${choose.of([0, 1, 18, 42, -3])}`,
    () => `${attribute} ${operator} ${choose.of(['1.0', '18.5', '-0.5', '1.2.3', 'true', 'false', 'null'])}`,
    () => `${attribute} in [${text},${JSON.stringify(choose.of(texts))}]`,
    () => `${attribute} in [1, 18, 42]`,
    () => `${attribute} pr`,
    () => `not (${attribute} eq ${text})`,
    () => `${attribute} eq ${text} and beta eq true`,
    () => `beta eq true or ${attribute} ${operator} ${text}`,
    () => `${attribute} eq ${text} AND beta eq true`,
    () => `{"==":[{"var":"${attribute}"},${text}]}`,
    () => `{"and":[{">":[{"var":"age"},${choose.below(60)}]},{"in":[{"var":"country"},["FR","DE"]]}]}`,
    () => `{"!":[{"var":"${attribute}"}]}`,
    () => choose.of(['', ' ', 'garbage', '{}', 'null', 'a eq', '\n', `${attribute} eq ${text} \n and age gt 3`]),
  ])();
};

// halves only: sums that do not depend on the order in which they are added (goff-evaluation §5.2)
const percentages = (choose, names) =>
  Object.fromEntries(
    choose
      .list(0, 3, () => choose.of(names))
      .map((name) => [name, choose.of([0, 10, 20, 25, 30, 50, 75, 100, 12.5, 0.5])]),
  );

const rolloutEnd = (choose, names) => ({
  variation: choose.maybe(0.95, () => choose.of(names)),
  percentage: choose.maybe(0.8, () => choose.of([0, 5, 10, 50, 90, 100, 120])),
  date: choose.maybe(0.95, () => choose.of(dates)),
});

function rule(choose, names, isDefault) {
  return {
    name: choose.maybe(0.6, () => choose.of(ruleNames)),
    query: choose.maybe(isDefault ? 0.1 : 0.95, () => queries(choose)),
    disable: choose.maybe(0.15, () => choose.chance(0.5)),
    variation: choose.maybe(0.6, () => choose.of(names)),
    percentage: choose.maybe(0.35, () => percentages(choose, names)),
    progressiveRollout: choose.maybe(0.15, () => ({
      initial: rolloutEnd(choose, names),
      end: rolloutEnd(choose, names),
    })),
  };
}

const values = (choose) =>
  choose.of([
    (index) => index % 2 === 0,
    (index) => `text ${index}`,
    (index) => index * 1.5,
    (index) => ({ index, list: [1, null] }),
    (index) => [index],
    (index) => (index === 1 ? null : index),
    (index) => (index === 1 ? 'one' : index),
  ]);

function body(choose, names, isStep) {
  const valueOf = values(choose);
  return {
    variations: choose.maybe(isStep ? 0.2 : 0.97, () =>
      Object.fromEntries(choose.list(1, 4, () => choose.of(names)).map((name, index) => [name, valueOf(index)])),
    ),
    targeting: choose.maybe(isStep ? 0.4 : 0.7, () => choose.list(0, 3, () => rule(choose, names, false))),
    defaultRule: choose.maybe(isStep ? 0.4 : 0.97, () => rule(choose, names, true)),
    disable: choose.maybe(0.12, () => choose.chance(0.5)),
    trackEvents: choose.maybe(0.1, () => choose.chance(0.5)),
    version: choose.maybe(0.2, () => choose.of(['1', '2.0', ''])),
    experimentation: choose.maybe(0.15, () => ({
      start: choose.maybe(0.7, () => choose.of(dates)),
      end: choose.maybe(0.7, () => choose.of(dates)),
    })),
  };
}

/** One flag, as plain JSON. */
export function randomFlag(choose) {
  const names = choose.chance(0.7) ? variationNames.slice(0, 3) : variationNames;
  const flag = {
    ...body(choose, names, false),
    bucketingKey: choose.maybe(0.15, () =>
      choose.of(['company.name', 'email', 'age', '', 'targetingKey', 'key', 'missing', 'company.a.b']),
    ),
    metadata: choose.maybe(0.2, () => ({
      team: 'web',
      evaluatedRuleName: choose.maybe(0.2, () => 'mine'),
      n: 1.5,
      b: true,
    })),
    scheduledRollout: choose.maybe(0.25, () =>
      choose.list(0, 3, () => ({ ...body(choose, names, true), date: choose.maybe(0.9, () => choose.of(dates)) })),
    ),
  };
  return JSON.parse(JSON.stringify(flag));
}

/** One context, flat as in OFREP, always with a time of its own. */
export function randomContext(choose) {
  const context = {
    targetingKey: choose.maybe(0.9, () => choose.of([...keys, 12])),
    country: choose.maybe(0.7, () => choose.of(texts)),
    age: choose.maybe(0.7, () => choose.of([0, 1, 1.9, 17, 18, 42, -3, 18.5, '18', null])),
    email: choose.maybe(0.6, () => choose.of(texts)),
    beta: choose.maybe(0.6, () => choose.of([true, false, 'true', null])),
    company: choose.maybe(0.6, () =>
      choose.of(['acme', null, { name: choose.of(texts), size: 18, a: { b: 'deep' } }, { a: 'flat' }, []]),
    ),
    list: choose.maybe(0.3, () => choose.of([[], [1, 'a'], ['FR']])),
    version: choose.maybe(0.5, () => choose.of(['1.2.3', '1.10.0', '1.2', 'v1.2.3'])),
    anonymous: choose.maybe(0.3, () => choose.of([true, false, 'true'])),
    key: choose.maybe(0.2, () => 'mine'),
    gofeatureflag: { currentDateTime: choose.of([...dates, '2026-06-15T12:00:00Z', '2026-06-15T11:00:00.75Z']) },
  };
  return JSON.parse(JSON.stringify(context));
}

/** Attributes merged over every context. */
export function randomEnrichment(choose) {
  if (!choose.chance(0.15)) return undefined;
  const enrichment = {
    country: choose.maybe(0.5, () => 'FR'),
    age: choose.maybe(0.4, () => choose.of([18, 1, 42.5])),
    targetingKey: choose.maybe(0.2, () => 'enriched'),
    anonymous: choose.maybe(0.2, () => true),
    company: choose.maybe(0.3, () => ({ name: 'enriched' })),
    gofeatureflag: choose.maybe(0.2, () => ({ currentDateTime: choose.of(dates) })),
  };
  return JSON.parse(JSON.stringify(enrichment));
}
