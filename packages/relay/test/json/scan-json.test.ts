import fc from 'fast-check';
import { scanJson } from '../../src/json/scan-json.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const messageFor = (text: string): unknown => {
  const fault = scanJson(bytesOf(text));
  return typeof fault === 'number' ? fault : fault.kind === 'end' ? fault.message : `${fault.offset} ${fault.message}`;
};

test('finds the end of whatever JSON.stringify writes', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.constantFrom('', ' ', '\n\t'),
      fc.constantFrom(' ', ' trailing', ' {}'),
      (text, before, after) => {
        expect(scanJson(bytesOf(before + text + after))).toBe(bytesOf(before + text).length);
      },
    ),
  );
});

test('takes a text exactly when JSON.parse takes it', () => {
  const parts = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '0.5',
    'e1',
    'true',
    'null',
    ' ',
    '\\',
    '\u0001',
    'é',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const end = scanJson(bytesOf(text));
      // what follows the first value is not looked at
      const value = typeof end === 'number' ? new TextDecoder().decode(bytesOf(text).subarray(0, end)) : text;
      expect(isJson(value)).toBe(typeof end === 'number');
    }),
    { numRuns: 2_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['', 'EOF'],
  [' \n', 'EOF'],
  ['{', 'unexpected EOF'],
  ['"a', 'unexpected EOF'],
  ['"a\\u00', 'unexpected EOF'],
  ['-', 'unexpected EOF'],
  ['tru', 'unexpected EOF'],
  ['x', "1 invalid character 'x' looking for beginning of value"],
  ['[1,]', "4 invalid character ']' looking for beginning of value"],
  ['{a', "2 invalid character 'a' looking for beginning of object key string"],
  ['{"a":1,}', "8 invalid character '}' looking for beginning of object key string"],
  ['{"a" 1', "6 invalid character '1' after object key"],
  ['{"a":1 "b"', `8 invalid character '"' after object key:value pair`],
  ['[1 2', "4 invalid character '2' after array element"],
  ['{"a":"\n"}', String.raw`7 invalid character '\n' in string literal`],
  ['"\u0001', String.raw`2 invalid character '\x01' in string literal`],
  [String.raw`"\'`, String.raw`3 invalid character '\'' in string escape code`],
  [String.raw`"\u12g`, String.raw`6 invalid character 'g' in \u hexadecimal character escape`],
  ['-a', "2 invalid character 'a' in numeric literal"],
  ['1.e', "3 invalid character 'e' after decimal point in numeric literal"],
  ['1e+x', "4 invalid character 'x' in exponent of numeric literal"],
  ['trux', "4 invalid character 'x' in literal true (expecting 'e')"],
  ['nil', "2 invalid character 'i' in literal null (expecting 'u')"],
  ['é', "1 invalid character 'Ã' looking for beginning of value"],
  ['\\', String.raw`1 invalid character '\\' looking for beginning of value`],
])('says of %j what Go says', (text, message) => {
  expect(messageFor(text)).toBe(message);
});

test('takes ten thousand levels and not one more', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(scanJson(bytesOf(nested(10_000)))).toBe(20_000);
  expect(messageFor(nested(10_001))).toBe("10001 invalid character '[' exceeded max depth");
});
