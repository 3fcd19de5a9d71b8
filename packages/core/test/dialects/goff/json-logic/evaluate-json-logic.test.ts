import { applyJsonLogic } from '../../../../src/dialects/goff/json-logic/evaluate-json-logic.ts';

const ERROR = 'an error';

const valueOf = (rule: unknown, data: unknown = {}): unknown => {
  const answer = applyJsonLogic(rule, data);
  return answer.ok ? answer.value : ERROR;
};

type Row = readonly [rule: unknown, expected: unknown, data?: unknown];

const tables: Record<string, readonly Row[]> = {
  'one name is an operation, none or several are a literal': [
    [{}, {}],
    [
      { a: 1, b: { '+': [1, 2] } },
      { a: 1, b: { '+': [1, 2] } },
    ],
    [
      [{ '+': [1, 2] }, 'a'],
      [3, 'a'],
    ],
    [{ log: 'a' }, ERROR],
    [{ __proto__x: 1 }, ERROR],
  ],
  'numbers for comparison are read from everything': [
    [{ '==': [true, '1'] }, true],
    [{ '==': ['', 0] }, true],
    [{ '==': [' \u0085', 0] }, true],
    [{ '==': ['\ufeff', 0] }, false],
    [{ '==': ['1_000', 1000] }, true],
    [{ '==': ['0x1p4', 16] }, true],
    [{ '==': ['0x10', 16] }, false],
    [{ '==': [' 1', 1] }, false],
    [{ '<': [null, 1] }, true],
    [{ '<': [[], 1] }, false],
    [{ '<': [1, 'inf'] }, true],
    [{ '<': [1, '1e400'] }, false],
  ],
  'arithmetic takes numbers and text only': [
    [{ '+': ['1_0', '1e1'] }, 20],
    [{ '+': ['a', 1] }, 1],
    [{ '+': [null, 1] }, ERROR],
    [{ '+': [true, 1] }, ERROR],
    [{ '+': ['1e400'] }, ERROR],
    [{ cat: [{ '+': ['1e400'] }] }, '+Inf'],
    [{ '+': '5' }, 5],
    [{ '*': [] }, 1],
    [{ max: [] }, null],
    [{ '%': [7] }, ERROR],
    [{ '/': [6, 0] }, ERROR],
    [{ abs: -2 }, 2],
  ],
  'minus and divide without operands give a zero that is no number': [
    [{ '-': 5 }, 0],
    [{ '-': [5] }, -5],
    [{ '/': [] }, 0],
    [[{ '-': [] }, { a: 1 }], ERROR],
    [
      [{ '-': [] }, [{ '/': [] }]],
      [0, [0]],
    ],
    [{ '+': [{ '-': [] }] }, ERROR],
    [{ '==': [{ '-': [] }, 0] }, false],
    [{ in: [{ '-': [] }, [{ '-': [] }]] }, true],
    [{ '!': [{ '-': [] }] }, true],
  ],
  equality: [
    [{ '==': [null, 0] }, false],
    [{ '==': [null, null] }, true],
    [{ '==': [[1], [1]] }, false],
    [{ '===': [1, '1'] }, false],
    [{ '==': [1] }, false],
    [{ '!=': [1] }, true],
    [{ '===': 1 }, false],
    [{ '!==': 1 }, true],
    [{ '==': 1 }, ERROR],
  ],
  order: [
    [{ '<': ['😀', '\uffee'] }, false],
    [{ '<': ['b', 'a'] }, false],
    [{ '<': [1, 2, 3] }, true],
    [{ '>=': [3, 3, 1] }, true],
    [{ '>': [3, 2, 2] }, false],
    [{ '<': [1, 2, 0, 9] }, true],
  ],
  variables: [
    [{ var: '' }, 5, 5],
    [{ var: [] }, [1], [1]],
    [{ var: null }, 5, 5],
    [{ var: null }, null, { a: 1 }],
    [{ var: 'a..b' }, 1, { a: { b: 1 } }],
    [{ var: '1' }, 'b', ['a', 'b']],
    [{ var: '1e0' }, 'b', ['a', 'b']],
    [{ var: '-1' }, null, ['a', 'b']],
    [{ var: 1.5 }, 'x', { 1: { 5: 'x' } }],
    [{ var: ['a', 7] }, 7, { a: null }],
    [{ var: ['a', 7, 8] }, null],
    [{ var: [null, 7] }, ERROR],
    [{ var: true }, ERROR],
  ],
  membership: [
    [{ in: ['b', 'abc'] }, true],
    [{ in: [1, 'abc'] }, ERROR],
    [
      {
        in: [
          5,
          [
            [1, 3],
            [5, 9],
          ],
        ],
      },
      true,
    ],
    [{ in: [0, [[1, null]]] }, false],
    [{ in: [2, [[1, null]]] }, ERROR],
    [{ in: [2, [[1]]] }, ERROR],
    [{ in: [2, ['2']] }, true],
    [{ in: ['2', [2]] }, false],
    [{ in: [0, ['x']] }, true],
    [{ in: [1, [null, 1]] }, ERROR],
    [{ in: [null, [null]] }, true],
    [{ in: [1] }, false],
    [{ contains_all: [['a', 1], [1]] }, true],
    [{ contains_all: [['1'], [1]] }, false],
    [{ contains_any: [[[]], [[]]] }, ERROR],
    [{ contains_none: ['a', []] }, true],
  ],
  text: [
    [{ cat: [' a', 1e21, null, 0.0000001, ' '] }, 'a10000000000000000000000.0000001'],
    [{ cat: [' a '] }, ' a '],
    [{ cat: [true] }, ERROR],
    [{ cat: ['\ud83d', '\ude00'] }, '\ufffd\ufffd'],
    [{ substr: ['a😀bc', 1, 2] }, '😀b'],
    [{ substr: ['abc', -9] }, 'abc'],
    [{ substr: ['abc', 9] }, 'abc'],
    [{ substr: ['abc', 1, -1] }, 'b'],
    [{ substr: ['abc', 2, -2] }, ERROR],
  ],
  choice: [
    [{ and: [] }, null],
    [{ and: true }, ERROR],
    [{ and: [1, 0, 2] }, 0],
    [{ or: ['', [], 'a'] }, 'a'],
    [{ if: [{}, 1, 2] }, 2],
    [{ if: [true, { var: 'a' }] }, 3, { a: { '+': [1, 2] } }],
  ],
  elements: [
    [{ map: [[1, 2], { '+': [{ var: '' }, 1] }] }, [2, 3]],
    [{ map: [[{ '+': [1, 2] }], { var: '' }] }, [{ '+': [1, 2] }]],
    [{ filter: [{ var: 'l' }, { '>': [{ var: '' }, { var: 'min' }] }] }, [3], { l: [1, 3], min: 2 }],
    [{ map: [{ var: 'l' }, { '>': [{ var: '' }, { var: 'min' }] }] }, [true, true], { l: [1, 3], min: 2 }],
    [{ some: [{ var: 'l' }, { '==': [{ var: '.x' }, 2] }] }, true, { l: [{ x: 2 }], x: 1 }],
    [{ some: [{ var: 'l' }, { '==': [{ var: 'x' }, 2] }] }, false, { l: [{ x: 2 }], x: 1 }],
    [{ all: [[], { '!': [1] }] }, false],
    [{ none: [[], { '!': [1] }] }, true],
    [{ all: [[1], true] }, ERROR],
    [{ all: [[], true] }, false],
    [{ map: ['a', 1] }, []],
    [{ map: [{ cat: ['a'] }, 1] }, ERROR],
    [{ some: [{ cat: [''] }, 1] }, false],
    [{ reduce: [[1, null, 2], { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }, 3],
    [{ reduce: [[1], { var: 'valueType' }, ''] }, 'string'],
    [{ reduce: [[1], { var: 'current' }, ''] }, '1'],
    [{ reduce: [[1], { var: 'current' }, []] }, ERROR],
  ],
  structure: [
    [{ merge: [1, [2, [3]]] }, [1, 2, [3]]],
    [{ merge: 'a' }, ['a']],
    [{ merge: null }, ERROR],
    [{ missing: ['a', 'b'] }, ['b'], { a: 0 }],
    [{ missing: 'b' }, ['b']],
    [{ missing: [['b', 1]] }, []],
    [{ missing_some: [1, ['a', 'b']] }, [], { a: 1 }],
    [{ missing_some: [2, ['a', 'b']] }, ['b'], { a: 1 }],
    [{ set: [{ var: 'o' }, 'b', 2] }, { a: 1, b: 2 }, { o: { a: 1 } }],
    [{ set: [1, 'b', 2] }, 1],
    [{ set: 'a' }, null],
  ],
};

for (const [name, rows] of Object.entries(tables)) {
  test(`${name}, as the relay has it`, () => {
    const answers = rows.map(([rule, , data]) => [rule, valueOf(rule, data)]);
    expect(answers).toEqual(rows.map(([rule, expected]) => [rule, expected]));
  });
}

test('data that are evaluated do not change', () => {
  const data = { o: { a: 1 }, l: [1] };
  valueOf({ set: [{ var: 'o' }, 'b', { merge: [{ var: 'l' }, 2] }] }, data);
  expect(data).toEqual({ o: { a: 1 }, l: [1] });
});

test('a property called __proto__ is set like any other', () => {
  const value = valueOf({ set: [{ var: 'o' }, '__proto__', { x: 1, y: 2 }] }, { o: { a: 1 } }) as object;
  expect(Object.keys(value)).toEqual(['a', '__proto__']);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
