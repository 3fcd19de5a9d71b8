import { names, operators } from './query-generator.ts';
import type { RandomChoices } from './random-choices.ts';

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
