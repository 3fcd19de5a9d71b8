import type { EvaluationContext } from '@halyard/core';
import { checkContext, ContextFault } from '@halyard/core';
import {
  assert,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  property,
  record,
  shuffledSubarray,
} from 'fast-check';
import { canonicalText } from '../../src/contexts/canonical-text.ts';
import { ContextTable } from '../../src/contexts/context-table.ts';
import { sameContext } from '../../src/contexts/same-context.ts';

const names = constantFrom('a', 'b', 'email', 'toString', 'constructor', '1', 'é', 'e\u0301', 'a:b', '"', '');
const small = constantFrom<unknown>(1, '1', true, 'true', null, undefined, 0, -0, NaN, '', [], {}, [1], ['1'], {
  a: 1,
});
const contexts = record(
  {
    targetingKey: constantFrom('ada', 'bob', ''),
    attributes: dictionary(names, oneof(small, jsonValue()), { maxKeys: 4 }),
  },
  { requiredKeys: ['attributes'] },
).map(({ targetingKey, attributes }) =>
  checked({ ...attributes, ...(targetingKey !== undefined && { targetingKey }) }),
);

function checked(context: Record<string, unknown>): EvaluationContext {
  const result = checkContext(context);
  if (result instanceof ContextFault) throw new Error(result.message);
  return result;
}

/** What the relay is sent, with the properties in order: the meaning of a context. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, inner]) => [name, meaning(inner)]);
}
const sent = (context: EvaluationContext): string => JSON.stringify(meaning(JSON.parse(JSON.stringify(context))));

test('contexts are the same if and only if they mean the same', () => {
  assert(
    property(contexts, contexts, (left, right) => {
      const isSame = sent(left) === sent(right);
      expect(sameContext(left, right)).toBe(isSame);
      expect(canonicalText(left) === canonicalText(right)).toBe(isSame);
    }),
    { numRuns: 3_000 },
  );
});

test('the order of attributes does not matter', () => {
  const reordered = contexts.chain((context) =>
    shuffledSubarray(Object.keys(context), { minLength: Object.keys(context).length }).map((order) => ({
      context,
      other: Object.fromEntries(order.map((name) => [name, context[name]])) as EvaluationContext,
    })),
  );
  assert(
    property(reordered, ({ context, other }) => {
      expect(sameContext(context, other)).toBe(true);
      expect(canonicalText(context)).toBe(canonicalText(other));
    }),
  );
});

test('a table finds exactly what was added and not removed, however many contexts share a targeting key', () => {
  const work = record({ key: constantFrom('ada', 'bob', undefined), attribute: integer({ min: 0, max: 30 }) });
  assert(
    property(shuffledSubarray([...Array(90).keys()]), work, (removed, { key }) => {
      const table = new ContextTable<{ context: EvaluationContext; id: number }>();
      const values = [...Array(90).keys()].map((id) => ({
        context: { ...(key !== undefined && { targetingKey: key }), id },
        id,
      }));
      for (const value of values) table.add(value);
      for (const id of removed) table.remove(values[id] as (typeof values)[number]);
      for (const { context, id } of values) {
        expect(table.find({ ...context })?.id).toBe(removed.includes(id) ? undefined : id);
      }
      expect([...table.values()]).toHaveLength(90 - removed.length);
      for (const value of values) table.remove(value);
      expect(table.isEmpty).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('an attribute named like one that every object has is an attribute', () => {
  expect(sameContext({ toString: 'x' } as never, {})).toBe(false);
  expect(sameContext({}, { constructor: 'x' })).toBe(false);
  expect(sameContext(JSON.parse('{"__proto__":"x"}') as EvaluationContext, {})).toBe(false);
});

test('removing a value twice, or one that equals it, takes out nothing else', () => {
  const table = new ContextTable<{ context: EvaluationContext }>();
  const value = { context: { targetingKey: 'ada' } };
  table.add(value);
  table.remove({ context: { targetingKey: 'ada' } });
  expect(table.find({ targetingKey: 'ada' })).toBe(value);
  table.remove(value);
  table.remove(value);
  expect(table.find({ targetingKey: 'ada' })).toBeUndefined();
});
