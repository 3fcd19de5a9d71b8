import fc from 'fast-check';

import { decimalText } from '../../../../src/text/decimal-text.ts';
import { parseGoFloat } from '../../../../src/dialects/goff/json-logic/go-float.ts';

test.each([
  ['1', 1],
  ['+1.', 1],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1E-2', 0.01],
  ['1_000.0_1', 1000.01],
  ['1e1_0', 1e10],
  ['0x1p4', 16],
  ['0X_1.8P-1', 0.75],
  ['-0x.8p0', -0.5],
  ['0x1p-1074', 5e-324],
  ['0x1p-1075', 0],
  ['0x1.8p-1075', 5e-324],
  ['0x1.fffffffffffff8p0', 2],
  ['0x1.fffffffffffff7p0', 1.9999999999999998],
  ['0x1p1024', Infinity],
  ['1e400', Infinity],
  ['1e-400', 0],
  ['Inf', Infinity],
  ['-infinity', -Infinity],
  ['NaN', NaN],
])('%s is read as %d', (text, value) => {
  expect(parseGoFloat(text)).toBe(value);
});

test.each([
  ...[
    '',
    ' ',
    ' 1',
    '1 ',
    '+',
    '.',
    '_',
    '_1',
    '1_',
    '1__0',
    '1_.0',
    '1._0',
    '1e',
    '1e_1',
    '1e+',
    'e1',
    '.e1',
    '0x',
    '0x10',
  ],
  ...['0xp1', '0x.p1', '0x1p', '0x1e', '0b1', '0o7', '1x', 'infi', 'infinit', '+nan', '-NaN', '1n', '１', 'ınf', '1,5'],
])('%j is no number', (text) => {
  expect(parseGoFloat(text)).toBeUndefined();
});

test.each([
  [0, '0'],
  [-0, '-0'],
  [1e21, '1000000000000000000000'],
  [-1.5e22, '-15000000000000000000000'],
  [1.2345678901234566e25, '12345678901234566000000000'],
  [1e-7, '0.0000001'],
  [-1.25e-9, '-0.00000000125'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [NaN, 'NaN'],
])('%d is written without exponent as %s', (value, text) => {
  expect(decimalText(value)).toBe(text);
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      expect(parseGoFloat(decimalText(value))).toBe(value);
      expect(decimalText(value)).not.toMatch(/e/);
    }),
  );
});
