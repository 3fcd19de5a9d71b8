import { compareSemver } from '../../src/semver/compare-semver.ts';
import { parseSemver } from '../../src/semver/parse-semver.ts';
import type { Semver } from '../../src/semver/semver.ts';

const order = (left: string, right: string): number =>
  Math.sign(compareSemver(parseSemver(left) as Semver, parseSemver(right) as Semver));

const ascending = [
  '0.0.9',
  '0.1.0',
  '1.0.0-0',
  '1.0.0-9',
  '1.0.0-10',
  '1.0.0-9007199254740992',
  '1.0.0-9007199254740993',
  '1.0.0--',
  '1.0.0-Alpha',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '1.10.0',
  '9007199254740992.0.0',
  '9007199254740993.0.0',
  '18446744073709551615.0.0',
];

test('orders any two versions', () => {
  for (const [at, left] of ascending.entries()) {
    for (const [index, right] of ascending.entries()) expect(order(left, right)).toBe(Math.sign(at - index));
  }
});

test('takes no notice of build metadata', () => {
  expect(order('1.0.0+a', '1.0.0+b')).toBe(0);
});
