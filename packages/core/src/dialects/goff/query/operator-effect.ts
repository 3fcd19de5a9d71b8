import type { Literal, Operator } from './parsed-query.ts';

/**
 * What an operator does with a kind of literal: compares, never holds, or makes the whole query false as soon as it
 * is reached (goff-evaluation §10.5).
 */
type OperatorEffect = 'compares' | 'never' | 'breaks';

const equality: ReadonlySet<Operator> = new Set(['eq', 'ne']);
const order: ReadonlySet<Operator> = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le']);
const text: ReadonlySet<Operator> = new Set([...order, 'co', 'sw', 'ew']);
const textAndMembership: ReadonlySet<Operator> = new Set([...text, 'in']);
const orderAndMembership: ReadonlySet<Operator> = new Set([...order, 'in']);
const membership: ReadonlySet<Operator> = new Set(['in']);

interface KindRules {
  readonly compared: ReadonlySet<Operator>;
  /** Those that do no harm. */
  readonly harmless: ReadonlySet<Operator>;
}

const rulesOf: Readonly<Record<Literal['kind'], KindRules>> = {
  boolean: { compared: equality, harmless: equality },
  null: { compared: equality, harmless: equality },
  version: { compared: order, harmless: order },
  string: { compared: text, harmless: textAndMembership },
  strings: { compared: membership, harmless: textAndMembership },
  double: { compared: order, harmless: orderAndMembership },
  doubles: { compared: membership, harmless: orderAndMembership },
  integer: { compared: order, harmless: orderAndMembership },
  integers: { compared: membership, harmless: orderAndMembership },
};

export function effectOf(operator: Operator, kind: Literal['kind']): OperatorEffect {
  const { compared, harmless } = rulesOf[kind];
  if (compared.has(operator)) return 'compares';
  return harmless.has(operator) ? 'never' : 'breaks';
}
