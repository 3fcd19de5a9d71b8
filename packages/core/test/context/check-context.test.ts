import fc from 'fast-check';
import type { EvaluationContext } from '../../src/context/evaluation-context.ts';
import { checkContext, ContextFault } from '../../src/context/check-context.ts';

const faultOf = (context: unknown): string | undefined => {
  const checked = checkContext(context as EvaluationContext);
  return checked instanceof ContextFault ? checked.message : undefined;
};

test('a flat context is taken as it is', () => {
  const context = { targetingKey: 'u', age: 42, beta: true, nothing: null, missing: undefined };
  expect(checkContext(context)).toBe(context);
});

test('any JSON context is equal to what it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (context) => {
      expect(JSON.stringify(checkContext(context))).toBe(JSON.stringify(context));
    }),
  );
});

test('other values become what JSON makes of them', () => {
  class Money {
    readonly cents = 5;
  }
  const context = {
    date: new Date(0),
    invalidDate: new Date(NaN),
    nan: NaN,
    minusZero: -0,
    map: new Map([['a', 1]]),
    call: () => 1,
    list: [undefined, () => 1, Symbol('s')],
    money: new Money(),
    text: new String('boxed'),
    custom: { toJSON: () => 'from toJSON' },
  };
  expect(checkContext(context)).toEqual(JSON.parse(JSON.stringify(context)));
  expect(Object.is((checkContext(context) as Record<string, unknown>)['minusZero'], 0)).toBe(true);
});

test('an attribute called __proto__ stays an attribute and changes no prototype', () => {
  const context = JSON.parse('{"a":{"__proto__":{"polluted":true}}}') as EvaluationContext;
  const checked = checkContext(context) as Record<string, object>;
  expect(Object.hasOwn(checked['a'] as object, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('inherited attributes do not count', () => {
  const context = Object.create({ country: 'FR' }) as EvaluationContext;
  expect(checkContext(context)).toEqual({});
});

test('circular contexts are refused', () => {
  const context: Record<string, unknown> = { inner: {} };
  (context['inner'] as Record<string, unknown>)['outer'] = context;
  expect(faultOf(context)).toBe('the context is circular');
});

test('the same object in two places is no circle', () => {
  const shared = { a: 1 };
  expect(faultOf({ one: shared, two: shared })).toBeUndefined();
});

test('a getter that throws is a fault, not an exception', () => {
  const context = Object.defineProperty({}, 'bad', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(faultOf(context)).toBe('no');
});

test.each([
  ['a BigInt', { n: 1n }, 'the context holds a BigInt'],
  ['a list', [1], 'the context is not an object'],
  ['null', null, 'the context is not an object'],
  ['a text', 'user-1', 'the context is not an object'],
])('%s is refused', (_name, context, message) => {
  expect(faultOf(context)).toBe(message);
});

test('depth and size are limited', () => {
  let deep: Record<string, unknown> = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  expect(faultOf(deep)).toMatch(/deeper than 128/);
  expect(faultOf({ list: Array.from({ length: 200_000 }, () => 1) })).toMatch(/more than 100000 values/);
  expect(faultOf({ sparse: new Array(2 ** 31) })).toMatch(/more than 100000 values/);
  expect(
    faultOf(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, index]))),
  ).toBeUndefined();
});
