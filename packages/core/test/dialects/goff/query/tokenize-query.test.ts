import { tokenizeQuery } from '../../../../src/dialects/goff/query/tokenize-query.ts';

function kindsOf(text: string): string {
  const tokens = tokenizeQuery(text).tokens.slice(0, -1);
  return tokens.map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`).join('|');
}

test.each([
  ['a.b-c_d:e', 'attribute:a|.:.|attribute:b-c_d:e'],
  [
    'eq EQ Eq eqx == >= > <',
    'operator:eq|space: |operator:EQ|space: |attribute:Eq|space: |attribute:eqx|space: |operator:==|space: |operator:>=|space: |operator:>|space: |operator:<',
  ],
  ['and AND pr PR', 'logic:and|space: |attribute:AND|space: |pr:pr|space: |attribute:PR'],
  ['-5 -5.0 5-3', '-:-|integer:5|space: |double:-5.0|space: |integer:5|-:-|integer:3'],
  [
    '01 1.05 1.2. 1.5e3 1.5e03',
    'integer:0|integer:1|space: |double:1.05|space: |double:1.2|.:.|space: |double:1.5e3|space: |double:1.5e0|integer:3',
  ],
  [
    '5e1 5e+1 5e-1 e+01',
    'integer:5|attribute:e1|space: |integer:5|exponent:e+1|space: |integer:5|attribute:e-1|space: |exponent:e+0|integer:1',
  ],
  ['1.2.3 1.2.03 1.05.3', 'version:1.2.3|space: |version:1.2.0|integer:3|space: |double:1.05|.:.|integer:3'],
  ['1.2.3-rc.1+b.01', 'version:1.2.3-rc.1+b.01'],
  ['1.2.3-01', 'version:1.2.3-0|integer:1'],
  ['1.2.3-01a', 'version:1.2.3-01a'],
  ['1.2.3-a..b', 'version:1.2.3-a|.:.|.:.|attribute:b'],
  ['1.2.3-+', 'version:1.2.3|-:-'],
  ['[1,  2 ,3]', '[:[|integer:1|comma:,  |integer:2|space: |comma:,|integer:3|]:]'],
  ['"a\\"b" "\\u00e9"', 'string:"a\\"b"|space: |string:"\\u00e9"'],
])('cuts %j', (text, expected) => {
  expect(kindsOf(text)).toBe(expected);
});

test.each([
  ['a =x b', 'attribute:a|space: |space: |attribute:b'],
  ['a !"b"', 'attribute:a|space: |attribute:b'],
  ['a =😀b', 'attribute:a|space: |attribute:b'],
  ['a eq "x', 'attribute:a|space: |operator:eq|space: '],
  ['"a\\xb" c', 'attribute:b'],
  ['"a\\u12Gb', 'attribute:b'],
  ['"a\\😀b', 'attribute:b'],
  ["_a\t&é😀'b", 'attribute:a|attribute:b'],
  ['a =', 'attribute:a|space: '],
  ['"\\', ''],
])('skips what is no token in %j', (text, expected) => {
  expect(kindsOf(text)).toBe(expected);
});

test('knows which characters were skipped', () => {
  expect(tokenizeQuery('a && _b "x').skipped).toEqual([
    { start: 2, end: 4 },
    { start: 5, end: 6 },
    { start: 8, end: 10 },
  ]);
});
