import fc from 'fast-check';
import { EnrichedAttributes } from '../../../../src/dialects/goff/enriched-attributes.ts';
import { compileQuery } from '../../../../src/dialects/goff/query/compile-query.ts';
import { explainQuery, isAcceptedQuery } from '../../../../src/dialects/goff/query/evaluate-query.ts';
import { parseQuery } from '../../../../src/dialects/goff/query/parse-query.ts';
import type { JsonObject } from './context-generator.ts';
import { randomContext } from './context-generator.ts';
import { damaged, randomTokens } from './query-damage.ts';
import { randomQuery } from './query-generator.ts';
import { randomChoices } from './random-choices.ts';

const seeds = fc.integer();
const attributes = new EnrichedAttributes({ c: 2, x: 'x' });

/** Of every kind: grammatical, damaged, and words in any order. */
const generatedQueries = seeds.map((seed) => {
  const random = randomChoices(seed);
  const query = randomQuery(random);
  return random.oneOf([query, damaged(query, random), damaged(query, random), randomTokens(random)]);
});
const generatedContexts = seeds.map((seed) => randomContext(randomChoices(seed)));
const anyQueries = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), generatedQueries);
const anyContexts = fc.oneof(fc.object({ withNullPrototype: true }), generatedContexts);

test('compiles to the answer that the explanation gives', () => {
  fc.assert(
    fc.property(generatedQueries, generatedContexts, (text, context) => {
      const query = parseQuery(text);
      const { matched, error } = explainQuery(query, attributes, context);
      expect(compileQuery(query, attributes)(context)).toBe(matched);
      expect(matched && error).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('answers for any text and any context', () => {
  fc.assert(
    fc.property(anyQueries, anyContexts, (text, context) => {
      const query = parseQuery(text);
      expect(typeof compileQuery(query, attributes)(context)).toBe('boolean');
      expect(typeof isAcceptedQuery(query)).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});

test('places every remark and every condition inside the text', () => {
  fc.assert(
    fc.property(anyQueries, (text) => {
      const { diagnostics, conditions } = parseQuery(text);
      for (const { offset, length } of diagnostics) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThanOrEqual(0);
        expect(offset + length).toBeLessThanOrEqual(text.length);
      }
      for (const condition of conditions) expect(text.startsWith(condition.text, condition.offset)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('gives the same answer again, whatever was asked in between', () => {
  fc.assert(
    fc.property(generatedQueries, generatedContexts, generatedContexts, (text, first, second) => {
      const test = compileQuery(parseQuery(text), attributes);
      const answer = test(first);
      test(second);
      expect(test(first)).toBe(answer);
    }),
    { numRuns: 2_000 },
  );
});

test('does not care in which order attributes come', () => {
  const reversed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, reversed(inner)]),
    );
  };
  fc.assert(
    fc.property(generatedQueries, generatedContexts, (text, context) => {
      const test = compileQuery(parseQuery(text), attributes);
      expect(test(reversed(context) as JsonObject)).toBe(test(context));
    }),
    { numRuns: 2_000 },
  );
});

test('finds nothing to remark on in most queries of the grammar', () => {
  const random = randomChoices(1);
  const codes = new Set<string>();
  for (let run = 0; run < 2_000; run++) {
    for (const { code } of parseQuery(randomQuery(random)).diagnostics) codes.add(code);
  }
  expect([...codes].sort()).toEqual(['query-damaged-literal', 'query-impossible-operator', 'query-never-matches']);
});
