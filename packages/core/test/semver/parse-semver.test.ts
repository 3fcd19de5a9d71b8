import { parseSemver } from '../../src/semver/parse-semver.ts';

test.each([
  '0.0.0',
  '1.2.3',
  '1.2.3-rc.1',
  '1.2.3-0a.--.0',
  '1.2.3+001.a-b',
  '1.2.3-a+b',
  '1.2.3+a-b',
  '18446744073709551615.0.18446744073709551615-18446744073709551615',
])('reads %s', (text) => {
  expect(parseSemver(text)).toBeDefined();
});

test.each([
  '',
  '1',
  '1.2',
  '1.2.3.4',
  'v1.2.3',
  ' 1.2.3',
  '1.2.3 ',
  '01.2.3',
  '1.02.3',
  '1.2.03',
  '1.2.3-',
  '1.2.3-a..b',
  '1.2.3-01',
  '1.2.3+',
  '1.2.3+a..b',
  '1.2.3-é',
  '1.2.-3',
  '1..3',
  '18446744073709551616.0.0',
  '1.2.3-18446744073709551616',
  '１.2.3',
])('refuses %j', (text) => {
  expect(parseSemver(text)).toBeUndefined();
});

test('takes its parts apart', () => {
  expect(parseSemver('1.20.3-rc.1+b')).toEqual({ major: '1', minor: '20', patch: '3', preRelease: ['rc', '1'] });
});
