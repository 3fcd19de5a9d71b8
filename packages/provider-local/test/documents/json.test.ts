import fc from 'fast-check';
import { isHalyardError } from '@halyard/core';
import { decodeJson } from '../../src/documents/json-document.ts';
import { jsonDuplicates } from '../../src/documents/json-duplicates.ts';
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

/** A value as a list of members, so that names may occur twice. */
type Written = number | string | readonly Written[] | { readonly members: readonly (readonly [string, Written])[] };

test('exactly the names that an object has already are found, at every depth', () => {
  const name = fc.constantFrom('a', 'b', '', '"', 'a\\', '{', '__proto__');
  const { written } = fc.letrec<{ written: Written }>((tie) => ({
    written: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Written>(1, '', '{"a":1,', ']', '\\"'),
      fc.array(tie('written'), { maxLength: 3 }),
      fc.record({ members: fc.array(fc.tuple(name, tie('written')), { maxLength: 4 }) }),
    ),
  }));
  const textOf = (value: Written): string => {
    if (typeof value !== 'object') return JSON.stringify(value);
    if (!('members' in value)) return `[${value.map(textOf).join(' , ')}]`;
    return `{ ${value.members.map(([key, inner]) => `${JSON.stringify(key)} : ${textOf(inner)}`).join(',\n')} }`;
  };
  const duplicatesIn = (value: Written, path: readonly (string | number)[]): string[] => {
    if (typeof value !== 'object') return [];
    if (!('members' in value)) return value.flatMap((inner, index) => duplicatesIn(inner, [...path, index]));
    const keys = value.members.map(([key]) => key);
    return value.members.flatMap(([key, inner], index) => {
      const own = keys.indexOf(key) < index ? [JSON.stringify([...path, key])] : [];
      return [...own, ...duplicatesIn(inner, [...path, key])];
    });
  };
  fc.assert(
    fc.property(written, (value) => {
      const text = textOf(value);
      const found = jsonDuplicates(text);
      expect(found.map(({ path }) => JSON.stringify(path))).toEqual(duplicatesIn(value, []));
      for (const { path, offset } of found) {
        expect(text.startsWith(JSON.stringify(path.at(-1)), offset)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('names are looked at in documents of any depth', () => {
  const depth = 4_000;
  const text = `${'{"a":['.repeat(depth)}{"b":1,"b":2}${']}'.repeat(depth)}`;
  expect(jsonDuplicates(text)).toEqual([{ path: expect.any(Array) as unknown, offset: depth * 6 + 7 }]);
});
