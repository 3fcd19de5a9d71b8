import fc from 'fast-check';
import { isHalyardError } from '@halyard/core';
import { decodeJson } from '../../src/documents/json-document.ts';
import { findJsonFault } from '../../src/documents/json-fault.ts';
import { findJsonValue } from '../../src/documents/json-scanner.ts';

const failureOf = (text: string): string => {
  try {
    decodeJson('flags.json', text);
  } catch (error) {
    if (isHalyardError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'none';
};

test('a document may begin with a byte order mark', () => {
  expect([...decodeJson('f', '\ufeff{"a":{}}').flags.keys()]).toEqual(['a']);
});

test.each([
  ['a syntax error', '{\n  "a": }', /^SOURCE_INVALID flags\.json:2:8: not valid JSON/],
  ['a cut text', '{"a": {', /^SOURCE_INVALID flags\.json:1:8: not valid JSON/],
  ['an empty text', '', /^SOURCE_INVALID flags\.json:1:1: not valid JSON/],
  ['a list', '[]', /expected a mapping/],
])('%s is refused with its place', (_name, text, message) => {
  expect(failureOf(text)).toMatch(message);
});

test('null is no flags, as for the relay', () => {
  expect(decodeJson('f', 'null').flags.size).toBe(0);
});

test('unpaired surrogates become U+FFFD in keys and values', () => {
  const { flags } = decodeJson('f', String.raw`{"k\ud800": {"version": "\udc00"}}`);
  expect([...flags]).toEqual([['k\ufffd', { definition: { version: '\ufffd' }, naming: 'any-case' }]]);
});

test('a fault is found in exactly the texts that JSON.parse refuses', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    '0',
    '1.5e3',
    'true',
    'nul',
    ' ',
    '\n',
    '"\\x"',
    '"',
  );
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        fc.json(),
      ),
      (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('every value of any document is found', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
      fc.constantFrom(0, 2, '\t'),
      (document, indent) => {
        const text = JSON.stringify(document, null, indent);
        for (const [key, value] of Object.entries(document)) {
          const rest = text.slice(findJsonValue(text, [key]));
          const first = JSON.stringify(value)[0];
          expect(rest[0]).toBe(first);
        }
      },
    ),
  );
});

test('places are found down to the character of a text', () => {
  const text = '{\n  "f": { "targeting": [ { "query": "a \\"b\\" \\u0041 AND" } ] }\n}';
  const locate = decodeJson('f', text).locator();
  expect(locate({ path: ['f', 'targeting', 0, 'query'] })).toEqual({ line: 2, column: 36 });
  expect(locate({ path: ['f', 'targeting', 0, 'query'], offset: 8 })).toEqual({ line: 2, column: 52 });
});
