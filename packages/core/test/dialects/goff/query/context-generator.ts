import type { RandomChoices } from './random-choices.ts';

export type JsonObject = { [name: string]: unknown };

const names = ['a', 'b', 'c', 'o', 'x', 'v', 'anonymous', 'key', 'targetingKey', 'a.b', 'in', '__proto__'];
const nestedNames = ['a', 'b', 'c', 'x', 'constructor'];

export const texts: readonly string[] = [
  '',
  'x',
  'X',
  'abc',
  'ABC',
  'aBc',
  'b',
  'é',
  'É',
  'ΑΣ',
  'ας',
  'ασ',
  'İ',
  'i',
  '😀',
  '\ufffd',
  'K',
  '1',
  'user-1',
];
const oddTexts = ['\ud800', 'a\\"b', 'a"b', 'ｚ', 'true', 'null', ' ', '2020-01-01', 'ẞ', 'ß'];

export const versions: readonly string[] = [
  '1.2.3',
  '1.10.0',
  '1.2.3-rc.2',
  '1.2.3-rc.10',
  '1.2.3-beta+b1',
  '1.2.3+b2',
  '0.0.0',
  '1.2.3-1',
  '1.2.3-a-b.0',
];
const oddVersions = [
  'v1.2.3',
  '1.2',
  '01.2.3',
  '1.2.3-01',
  '18446744073709551615.0.0',
  '18446744073709551616.0.0',
  '1.2.3-',
  '1.2.3+',
  '1.2.3-18446744073709551616',
];

const numbers = [0, 1, 2, -1, 5, -5, 50, 1.5, 1.9, -1.9, -0.5, 2020, 1500, 0.1];
const oddNumbers = [
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 63,
  2 ** 63 - 1024,
  -(2 ** 63),
  -(2 ** 64),
  1e300,
  -1e300,
  5e-324,
  1e15,
];

function scalar(random: RandomChoices): unknown {
  switch (random.below(9)) {
    case 0:
      return random.chance(0.5);
    case 1:
      return null;
    case 2:
    case 3:
      return random.oneOf(random.chance(0.8) ? texts : oddTexts);
    case 4:
      return random.oneOf(random.chance(0.7) ? versions : oddVersions);
    case 5:
      return random.oneOf(oddNumbers);
    default:
      return random.oneOf(numbers);
  }
}

function value(random: RandomChoices, depth: number): unknown {
  if (random.chance(0.1)) return random.chance(0.5) ? [] : [scalar(random)];
  return random.chance(0.3) && depth < 4 ? objectOf(random, nestedNames, depth + 1) : scalar(random);
}

/** Defines properties one by one, so that an attribute called `__proto__` is an attribute. */
function objectOf(random: RandomChoices, from: readonly string[], depth: number): JsonObject {
  const object: JsonObject = {};
  for (const name of from) {
    if (random.chance(0.55)) {
      Object.defineProperty(object, name, {
        value: value(random, depth),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return object;
}

/** A context over a small vocabulary, with values that queries of the query generator often compare with. */
export const randomContext = (random: RandomChoices): JsonObject => objectOf(random, names, 0);
