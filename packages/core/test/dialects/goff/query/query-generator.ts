import { texts, versions } from './context-generator.ts';
import type { RandomChoices } from './random-choices.ts';

const names = ['a', 'b', 'c', 'o', 'x', 'v', 'anonymous', 'key', 'targetingKey', 'missing', 'constructor'];
const operators = [
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

const odd = [
  ' ',
  ' ',
  ' ',
  '  ',
  '(',
  ')',
  '[',
  ']',
  '"',
  '\\',
  '.',
  ',',
  '-',
  '+',
  '=',
  '!',
  '>',
  '<',
  '_',
  ':',
  '&',
  "'",
  '\t',
  '\r',
  '\n',
  '\n  ',
  'é',
  '😀',
  '\ud800',
  '\udc00',
  '\ufffd',
  '\u00a0',
  '0',
  '1',
  '01',
  '5',
  'e',
  'E',
  'e1',
  'e+1',
  'e-',
  '1.',
  '.5',
  '1.2.3',
  '1.2.3-',
  '1.2.3-01',
  '1.2.3+',
  'a',
  'x',
  'pr',
  'PR',
  'not',
  'NOT',
  'Not',
  ' and ',
  ' or ',
  'and',
  'or',
  ' AND ',
  ' && ',
  'true',
  'false',
  'null',
  'NULL',
  'in',
  'eq',
  '==',
  'co',
  'not (',
  'not(',
  ') and (',
  ' not ',
  '\\u00',
  '\\u0041',
  '\\x',
  '["',
  '"]',
  '[1,',
  '[-',
  'a eq 1',
  ' a.b pr',
  '"x"',
  '1.5',
  '-1',
  '--',
  '{',
  '}',
  '"\\',
  '\u0130',
  '\u212a',
];

const pieces = /[a-zA-Z]+|[0-9]+|"[^"]*"|\s|[^]/gu;

/** Inserts, removes, doubles or swaps characters and words. */
export function damaged(query: string, random: RandomChoices): string {
  let result = query;
  do {
    result = random.chance(0.5) ? damagedOnce([...result], random) : damagedOnce(result.match(pieces) ?? [], random);
  } while (random.chance(0.5));
  return result;
}

function damagedOnce(parts: readonly string[], random: RandomChoices): string {
  const at = random.below(parts.length + 1);
  const head = parts.slice(0, at);
  const tail = parts.slice(at);
  switch (random.below(8)) {
    case 0:
      return [...head, ...tail.slice(1)].join('');
    case 1:
      return [...head, ...tail.slice(0, 1), ...tail].join('');
    case 2:
      return [...head, ...tail.slice(0, 2).reverse(), ...tail.slice(2)].join('');
    case 3:
      return [...head, random.oneOf(odd), ...tail.slice(1)].join('');
    case 4:
      return random.chance(0.5) ? head.join('') : tail.join('');
    case 5:
      return [...head, ...tail.slice(1 + random.below(4))].join('');
    default:
      return [...head, random.oneOf(odd), ...tail].join('');
  }
}

/** Nothing but words and signs of the language, in any order. */
export function randomTokens(random: RandomChoices): string {
  let result = '';
  do result += random.oneOf(random.chance(0.3) ? [' '] : random.chance(0.3) ? [...names, ...operators] : odd);
  while (random.chance(0.93));
  return result;
}
