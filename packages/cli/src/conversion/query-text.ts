import { wellFormed } from '@halyard/core';

/** A value that an attribute is compared with. */
export type Wanted = string | number | boolean | null;

/** One attribute that has to have one of these values. */
export interface AttributeTest {
  readonly path: string;
  readonly values: readonly Wanted[];
}

/** Longer lists cost more steps than a JsonLogic rule is given for one evaluation. */
const MOST_VALUES = 100_000;

/** A JsonLogic query that matches exactly the users of a list, whose ids are texts. */
export function userListQuery(users: readonly string[]): string {
  return JSON.stringify({ in: [{ var: 'targetingKey' }, users] });
}

/** Why a list of users cannot be a query; undefined if it can. */
export function userListProblem(users: readonly string[]): string | undefined {
  if (users.length > MOST_VALUES) return `more than ${MOST_VALUES} users are too many for a query`;
  const odd = users.find((user) => !isSpelledOneWay(user));
  return odd === undefined ? undefined : `the user id ${JSON.stringify(odd)} is not told from others by a query`;
}

/** A JsonLogic query that matches where every attribute has one of its values. */
export function attributesQuery(tests: readonly AttributeTest[]): string {
  const parts = tests.map(({ path, values }) => {
    const each = values.map((value) => ({ '===': [{ var: path }, value] }));
    return each.length === 1 ? each[0] : { or: each };
  });
  return JSON.stringify(parts.length === 1 ? parts[0] : { and: parts });
}

/** Why an attribute cannot be tested by a query with the same answers; undefined if it can. */
export function attributeProblem({ path, values }: AttributeTest): string | undefined {
  const [first = '', ...rest] = path.split('.');
  if (first === 'key' || first === 'targetingKey') return `flags read "${first}" as the targeting key alone`;
  if (first === 'anonymous' && !(rest.length === 0 && values.every((value) => value === true))) {
    return 'flags read "anonymous" as true or false, whatever it is';
  }
  if (path.split('.').includes('')) return 'queries skip the empty parts of a path';
  if (rest.some(looksLikeAnIndex)) return 'queries look into lists where a part of a path is a number';
  if (!isSpelledOneWay(path)) return 'the path is not told from others by a query';
  if (values.length === 0) return 'a query cannot have an empty list of values';
  if (values.length > MOST_VALUES) return `more than ${MOST_VALUES} values are too many for a query`;
  if (values.includes(null)) return 'queries do not tell null from an attribute that is not there';
  const odd = values.find((value) => typeof value === 'string' && !isSpelledOneWay(value));
  return odd === undefined ? undefined : `the value ${JSON.stringify(odd)} is not told from others by a query`;
}

/** Queries take unpaired surrogates for U+FFFD. */
function isSpelledOneWay(text: string): boolean {
  return wellFormed(text) === text && !text.includes('\ufffd');
}

function looksLikeAnIndex(segment: string): boolean {
  return /^[-+.\d]/.test(segment) || /^(?:inf|infinity|nan)$/i.test(segment);
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The users of a query that {@link userListQuery} made; undefined for any other query.
 */
export function userListIn(query: string): readonly string[] | undefined {
  const [variable, users] = operandsOf(parsed(query), 'in');
  if (!isVariable(variable) || !Array.isArray(users)) return undefined;
  const texts = users.filter((user): user is string => typeof user === 'string' && user !== '');
  return userListQuery(texts) === query && userListProblem(texts) === undefined ? texts : undefined;
}

/** The attributes of a query that {@link attributesQuery} made; undefined for any other query. */
export function attributesIn(query: string): readonly AttributeTest[] | undefined {
  const rule = parsed(query);
  const together = operandsOf(rule, 'and');
  const tests = (together.length === 0 ? [rule] : together).map(testIn);
  const known = tests.filter((test): test is AttributeTest => test !== undefined);
  if (known.some((test) => attributeProblem(test) !== undefined)) return undefined;
  // the same attribute twice would be one property of an object
  const isDistinct = new Set(known.map(({ path }) => path)).size === tests.length;
  return isDistinct && attributesQuery(known) === query ? known : undefined;
}

function testIn(rule: unknown): AttributeTest | undefined {
  const either = operandsOf(rule, 'or');
  const pairs = (either.length === 0 ? [rule] : either).map((part) => operandsOf(part, '==='));
  const [variable] = pairs[0] ?? [];
  if (!isVariable(variable)) return undefined;
  const values = pairs.flatMap(([, value]) => (isWanted(value) ? [value] : []));
  return { path: variable.var, values };
}

const isWanted = (value: unknown): value is Wanted =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function isVariable(value: unknown): value is { readonly var: string } {
  return typeof value === 'object' && value !== null && typeof (value as Json)['var'] === 'string';
}

function operandsOf(rule: unknown, operator: string): readonly unknown[] {
  const operands = typeof rule === 'object' && rule !== null ? (rule as Json)[operator] : undefined;
  return Array.isArray(operands) ? operands : [];
}

function parsed(query: string): unknown {
  try {
    return JSON.parse(query) as unknown;
  } catch {
    return undefined;
  }
}
