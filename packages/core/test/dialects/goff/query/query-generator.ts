import { texts, versions } from './context-generator.ts';
import type { RandomChoices } from './random-choices.ts';

export const names: readonly string[] = [
  'a',
  'b',
  'c',
  'o',
  'x',
  'v',
  'anonymous',
  'key',
  'targetingKey',
  'missing',
  'constructor',
];
export const operators: readonly string[] = [
  'eq',
  'ne',
  'gt',
  'lt',
  'ge',
  'le',
  'EQ',
  'NE',
  'GT',
  'LT',
  'GE',
  'LE',
  '==',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
];
const textOperators = [...operators, 'co', 'sw', 'ew', 'CO', 'SW', 'EW', 'in'];
const anyOperators = [...textOperators, 'in', 'IN'];
const integers = [
  '0',
  '1',
  '2',
  '5',
  '50',
  '2020',
  '9007199254740993',
  '9007199254740992',
  '9223372036854775807',
  '9223372036854775808',
  '9223372036854774784',
];
const negatives = ['-1', '-5', '-0', '-9223372036854775808', '-9223372036854775809', '5e+1'];
const doubles = [
  '0.0',
  '1.0',
  '1.5',
  '-1.0',
  '1.9',
  '2.0',
  '1.5e3',
  '1.0E+1',
  '-0.5',
  '1.0e308',
  '1.0e309',
  '9007199254740993.0',
  '0.1',
];
const bigVersions = [
  '18446744073709551615.0.0',
  '18446744073709551616.0.0',
  '1.2.3-18446744073709551616',
  '99999999999999999999999.0.0-1',
];

/** A query of the grammar: often it means something, sometimes it compares what cannot be compared. */
export function randomQuery(random: RandomChoices): string {
  return query(random, 0);
}

function query(random: RandomChoices, depth: number): string {
  if (depth > 3 || random.chance(0.4)) return condition(random);
  if (random.chance(0.35)) return group(random, depth);
  return `${query(random, depth + 1)} ${random.oneOf(['and', 'or'])} ${query(random, depth + 1)}`;
}

function group(random: RandomChoices, depth: number): string {
  const space = (): string => (random.chance(0.15) ? ' ' : '');
  const not = random.chance(0.4) ? random.oneOf(['not', 'NOT', 'not ', 'NOT ']) : space();
  return `${not}(${space()}${query(random, depth + 1)}${space()})`;
}

function path(random: RandomChoices): string {
  let text = random.oneOf(names);
  while (random.chance(0.25)) text += `.${random.oneOf(['a', 'b', 'c', 'x', 'constructor'])}`;
  return text;
}

function condition(random: RandomChoices): string {
  if (random.chance(0.15)) return `${path(random)} pr`;
  const any = random.chance(0.12);
  const pick = (fitting: readonly string[]): string => random.oneOf(any ? anyOperators : fitting);
  switch (random.below(9)) {
    case 0:
      return `${path(random)} ${pick(operators.slice(0, 2))} ${random.oneOf(['true', 'false', 'null'])}`;
    case 1:
      return `${path(random)} ${pick(operators)} ${random.oneOf(random.chance(0.8) ? versions : bigVersions)}`;
    case 2:
    case 3:
      return `${path(random)} ${pick(textOperators)} ${text(random)}`;
    case 4:
      return `${path(random)} ${pick(operators)} ${random.oneOf(doubles)}`;
    case 5:
      return `${path(random)} ${pick(['in', 'IN'])} ${list(random)}`;
    default:
      return `${path(random)} ${pick(operators)} ${random.oneOf(random.chance(0.8) ? integers : negatives)}`;
  }
}

const text = (random: RandomChoices): string =>
  `"${random.chance(0.95) ? random.oneOf(texts) : random.oneOf(['a\\"b', '\\u0041', '\\\\', 'a b', '\\n', '\ud800', 'and', ')'])}"`;

function list(random: RandomChoices): string {
  const item = random.oneOf([
    (): string => text(random),
    (): string => random.oneOf(integers),
    (): string => random.oneOf(doubles.slice(0, 7)),
    (): string => random.oneOf(doubles),
  ]);
  let items = item();
  while (random.chance(0.5)) items += `,${random.oneOf(['', ' ', '  '])}${item()}`;
  return `[${items}]`;
}
