import fc from 'fast-check';
import { goffDialect } from '../../src/dialects/goff/goff-dialect.ts';
import type { FlagDefinition } from '../../src/dialects/dialect.ts';
import type { FlagSet } from '../../src/engine/flag-set.ts';
import type { NextFlagSet } from '../../src/engine/next-flag-set.ts';
import { nextFlagSet } from '../../src/engine/next-flag-set.ts';
import { sameJson } from '../../src/engine/same-json.ts';
import { instantOfMillis } from '../../src/time/instant.ts';

const dialect = goffDialect({ enrichment: {}, now: () => instantOfMillis(Date.UTC(2026, 0, 1)) });

function next(previous: FlagSet | undefined, flags: Record<string, unknown>): NextFlagSet {
  const definitions = new Map(
    Object.entries(flags).map(([key, definition]): [string, FlagDefinition] => [key, { definition, naming: 'exact' }]),
  );
  const work = nextFlagSet(previous, 'v', dialect.arrange(definitions, {}), dialect);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const flag = (on: boolean): object => ({
  variations: { on: true, off: false },
  defaultRule: { variation: on ? 'on' : 'off' },
});

test('a flag that did not change keeps its compiled form, whatever the order of its properties', () => {
  const first = next(undefined, { a: flag(true), b: flag(true) }).set;
  const answer = first.evaluate('a', {});
  const reordered = { defaultRule: { variation: 'on' }, variations: { off: false, on: true } };
  const second = next(first, { b: flag(false), a: reordered });
  expect(second.set.evaluate('a', {})).toBe(answer);
  expect(second.changes.map((change) => change.flag)).toEqual(['b']);
});

test('added and removed flags are changes', () => {
  const first = next(undefined, { a: flag(true), b: flag(true) }).set;
  expect(next(first, { b: flag(true), c: flag(true) }).changes).toEqual([
    { flag: 'c', before: undefined, after: flag(true) },
    { flag: 'a', before: flag(true), after: undefined },
  ]);
});

test('an equal set changes nothing', () => {
  const flags = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(flags, (definitions) => {
      const text = JSON.stringify(definitions);
      const first = next(undefined, JSON.parse(text) as Record<string, unknown>).set;
      expect(next(first, JSON.parse(text) as Record<string, unknown>).changes).toEqual([]);
    }),
  );
});

test('flags that are refused are not found, and the others answer', () => {
  const { set } = next(undefined, { good: flag(true), bad: { variations: {} } });
  expect(set.keys()).toEqual(['good']);
  expect(set.evaluate('bad', {}).resolution.errorCode).toBe('FLAG_NOT_FOUND');
  expect(set.diagnostics().map(({ flag: key, code }) => `${key}: ${code}`)).toEqual([
    'bad: variations-missing',
    'bad: default-rule-missing',
  ]);
});

test('names of Object.prototype are plain flag keys', () => {
  const { set } = next(undefined, JSON.parse(`{"__proto__":${JSON.stringify(flag(true))}}`) as Record<string, unknown>);
  expect(set.evaluate('__proto__', {}).resolution.value).toBe(true);
  for (const key of ['constructor', 'toString', 'hasOwnProperty']) {
    expect(set.evaluate(key, {}).resolution.errorCode).toBe('FLAG_NOT_FOUND');
  }
});

test('whatever a flag is, reading and evaluating it ends without an exception', () => {
  const name = fc.constantFrom(
    'variations',
    'targeting',
    'defaultRule',
    'percentage',
    'query',
    'variation',
    'disable',
    'scheduledRollout',
    'experimentation',
    'progressiveRollout',
    'initial',
    'end',
    'date',
    'bucketingKey',
    'metadata',
    'A',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, true, 1, -1, 1e300, 'A', '', 'a eq 1', '2026-01-01T00:00:00Z'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, fc.dictionary(fc.string(), fc.anything()), (definition, context) => {
      const { set } = next(undefined, { f: definition });
      expect(typeof set.evaluate('f', context).resolution.reason).toBe('string');
      expect(set.diagnostics().length > 0 || set.keys().length === 1).toBe(true);
    }),
  );
});

test('JSON values are the same if and only if they are equal', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (left, right) => {
      const equal = (() => {
        try {
          expect(left).toEqual(right);
          return true;
        } catch {
          return false;
        }
      })();
      expect(sameJson(left, right)).toBe(equal);
      expect(sameJson(left, JSON.parse(JSON.stringify(left)))).toBe(true);
    }),
  );
});
