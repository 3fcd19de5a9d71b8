import fc from 'fast-check';
import { fields, writeJson } from '../../src/json/write-json.ts';

test('writes what JSON.parse reads back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('compact', 'pretty'), (value, layout) => {
      expect(JSON.parse(writeJson(value, layout as 'compact'))).toEqual(value);
    }),
  );
});

test('sorts the keys of objects by their bytes, also those that look like numbers', () => {
  expect(writeJson({ b: 1, '10': 1, '9': 1, a: 1, '😀': 1, '￮': 1 })).toBe('{"10":1,"9":1,"a":1,"b":1,"￮":1,"😀":1}');
});

test('keeps the order of fields and leaves out what is undefined', () => {
  expect(writeJson(fields({ b: null, a: undefined, c: fields({ z: 1, y: [] }) }))).toBe(
    '{"b":null,"c":{"z":1,"y":[]}}',
  );
});

test('escapes what Go escapes', () => {
  expect(writeJson('<a> & \u2028\u2029 "\\ \n\u0001\u007f é \ud800')).toBe(
    String.raw`"\u003ca\u003e \u0026 \u2028\u2029 \"\\ \n\u0001` + '\u007f é \ufffd"',
  );
});

test('writes numbers as Go does', () => {
  expect(writeJson([1, -0, 1.5, 1e21, 1e-7, 123456789012345680000])).toBe(
    '[1,-0,1.5,1e+21,1e-7,123456789012345680000]',
  );
});

test('indents by two spaces, and leaves what is empty in one line', () => {
  expect(writeJson(fields({ a: [1, { b: {} }], c: [] }), 'pretty')).toBe(
    ['{', '  "a": [', '    1,', '    {', '      "b": {}', '    }', '  ],', '  "c": []', '}'].join('\n'),
  );
});

test('an object keeps a key called __proto__', () => {
  expect(writeJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
});
