import { goffDialect, instantOfMillis, isHalyardError } from '@halyard/core';
import { decodeYaml } from '../../src/documents/yaml-document.ts';

const dialect = goffDialect({ enrichment: {}, now: () => instantOfMillis(0) });

const flagsOf = async (text: string): Promise<Record<string, unknown>> => {
  const { flags } = await decodeYaml('flags.yaml', text, dialect);
  return Object.fromEntries([...flags].map(([key, { definition }]) => [key, definition]));
};

const failureOf = async (text: string): Promise<string> => {
  try {
    await decodeYaml('flags.yaml', text, dialect);
  } catch (error) {
    if (isHalyardError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'none';
};

test('unquoted keys stay texts, whatever they look like', async () => {
  expect(await flagsOf('f:\n  variations:\n    True: 1\n    False: 2\n    1.0: 3\n    012: 4\n    null: 5')).toEqual({
    f: { variations: { True: 1, False: 2, '1.0': 3, '012': 4, null: 5 } },
  });
});

test('scalars that are meant as texts keep their text', async () => {
  const text =
    'f:\n  version: 1.10\n  defaultRule: { variation: True }\n  targeting:\n    - { name: 012, query: yes, variation: no }';
  expect(await flagsOf(text)).toEqual({
    f: {
      version: '1.10',
      defaultRule: { variation: 'True' },
      targeting: [{ name: '012', query: 'yes', variation: 'no' }],
    },
  });
});

test('yes and no are booleans only where a switch is wanted', async () => {
  expect(await flagsOf('f:\n  disable: Yes\n  trackEvents: "off"\n  variations: { a: yes, b: no }')).toEqual({
    f: { disable: true, trackEvents: false, variations: { a: 'yes', b: 'no' } },
  });
});

test.each([
  ['010', 8],
  ['0o10', 8],
  ['0x1F', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['-5', -5],
  ['1e3', 1000],
  ['.5', 0.5],
  ['08', 8],
  ['true', true],
  ['~', null],
  ['1.2.3', '1.2.3'],
  ['1e400', '1e400'],
  ['_1', '_1'],
  ['!!int "5"', 5],
  ['!!str 5', '5'],
  ['2025-06-15', '2025-06-15T00:00:00Z'],
  ['"010"', '010'],
  ["'true'", 'true'],
])('the value %s is %p', async (source, value) => {
  expect(await flagsOf(`f: { variations: { v: ${source} } }`)).toEqual({ f: { variations: { v: value } } });
});

test.each([
  ['2025-06-15', '2025-06-15T00:00:00Z'],
  ['2025-6-5 1:02:03', '2025-06-05T01:02:03Z'],
  ['2025-06-15T10:00:00.5+02:00', '2025-06-15T10:00:00.5+02:00'],
  ['"2025-06-15T10:00:00Z"', '2025-06-15T10:00:00Z'],
])('the date %s is read as %s', async (source, date) => {
  expect(await flagsOf(`f: { experimentation: { start: ${source} } }`)).toEqual({
    f: { experimentation: { start: date } },
  });
});

test('anchors, aliases and merge keys work', async () => {
  const text =
    'base: &base\n  variations: &v { a: 1 }\n  disable: true\nf:\n  <<: *base\n  disable: false\ng: { variations: *v }';
  expect(await flagsOf(text)).toEqual({
    base: { variations: { a: 1 }, disable: true },
    f: { variations: { a: 1 }, disable: false },
    g: { variations: { a: 1 } },
  });
});

test('only the first document counts, and an empty text is no flags', async () => {
  expect(await flagsOf('a: {}\n---\nb: {}')).toEqual({ a: {} });
  expect(await flagsOf('')).toEqual({});
  expect(await flagsOf('# nothing\n')).toEqual({});
  expect(await flagsOf('null')).toEqual({});
});

test.each([
  ['a duplicate key', 'a: {}\nb: {}\na: {}', 'SOURCE_INVALID flags.yaml:3:1: the key "a" is there twice'],
  [
    'a duplicate key further down',
    'a:\n  variations:\n    x: 1\n    x: 2',
    'SOURCE_INVALID flags.yaml:4:5: the key "x" is there twice',
  ],
  ['bad syntax', 'a: {\n  b: [1\n', expect.stringMatching(/^SOURCE_INVALID flags\.yaml:\d+:\d+: not valid YAML/)],
  ['a list at the top', '- a', expect.stringContaining('expected a mapping')],
  ['an unknown alias', 'a: *nope', expect.stringContaining('SOURCE_INVALID')],
  ['an alias inside its own anchor', 'a: &a { b: *a }', expect.stringContaining('contains itself')],
])('%s is refused with its place', async (_name, text, message) => {
  expect(await failureOf(text)).toEqual(message);
});

test('an alias bomb is refused', async () => {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (let level = 1; level < 9; level++) {
    const [name, inner] = ['abcdefghi'[level], 'abcdefghi'[level - 1]];
    levels.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${inner}`).join(',')}]`);
  }
  expect(await failureOf(levels.join('\n'))).toMatch(/SOURCE_INVALID .*too many values/);
});

test('100,000 levels of nesting are refused', async () => {
  expect(await failureOf(`a: ${'['.repeat(100_000)}`)).toMatch(/SOURCE_INVALID/);
});

test('places are found down to the character of a text', async () => {
  const text = [
    'plain:',
    '  defaultRule: { variation: on }',
    '  targeting:',
    '    - query: a eq 1 AND b',
    'quoted:',
    '  targeting:',
    "    - query: 'it''s eq'",
    'block:',
    '  targeting:',
    '    - query: |',
    '        a eq 1',
    '        or b',
  ].join('\n');
  const locate = (await decodeYaml('f', text, dialect)).locator();
  expect(locate({ path: ['plain', 'defaultRule', 'variation'] })).toEqual({ line: 2, column: 29 });
  expect(locate({ path: ['plain', 'targeting', 0, 'query'], offset: 6 })).toEqual({ line: 4, column: 20 });
  expect(locate({ path: ['quoted', 'targeting', 0, 'query'], offset: 3 })).toEqual({ line: 7, column: 19 });
  expect(locate({ path: ['block', 'targeting', 0, 'query'], offset: 10 })).toEqual({ line: 12, column: 12 });
  expect(locate({ path: ['plain', 'nowhere'] })?.line).toBe(2);
});
