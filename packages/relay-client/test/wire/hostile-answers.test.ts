import type { Outcome } from '@halyard/core';
import { isHalyardError } from '@halyard/core';
import fc from 'fast-check';
import {
  decodeChangeMessage,
  decodeCollectorAnswer,
  decodeErrorBody,
  decodeFlagConfiguration,
  decodeFlagHashes,
  decodeGoffBulk,
  decodeGoffEvaluation,
  decodeHealth,
  decodeInfo,
  decodeManifest,
  decodeOfrepBulk,
  decodeOfrepError,
  decodeOfrepEvaluation,
} from '../../src/index.ts';

const goffFlag = {
  trackEvents: true,
  variationType: 'on',
  failed: false,
  version: '1',
  reason: 'SPLIT',
  errorCode: '',
  errorDetails: 'x',
  value: { a: [1, 'b', null] },
  cacheable: true,
  timestamp: 1652273630,
  metadata: { team: 'a', ['__proto__']: 'b' },
};
const ofrepFlag = {
  key: 'f',
  value: 'x',
  reason: 'STATIC',
  variant: 'on',
  metadata: { gofeatureflag_cacheable: true },
};
const definition = { variations: { on: true }, defaultRule: { variation: 'on' } };

/** A valid answer of each kind, and its reader. */
const kinds: Readonly<Record<string, readonly [answer: unknown, decode: (text: string) => unknown]>> = {
  'goff evaluation': [goffFlag, (text) => decodeGoffEvaluation('f', text)],
  'goff bulk': [{ flags: { f: goffFlag, g: goffFlag }, valid: true }, decodeGoffBulk],
  'ofrep evaluation': [ofrepFlag, (text) => decodeOfrepEvaluation('f', text)],
  'ofrep bulk': [{ flags: [ofrepFlag, { ...ofrepFlag, key: 'g' }] }, decodeOfrepBulk],
  'ofrep error': [{ errorCode: 'GENERAL', errorDetails: 'x', key: 'f' }, (text) => decodeOfrepError('f', text)],
  configuration: [{ flags: { f: definition }, evaluationContextEnrichment: { env: 'x' } }, decodeFlagConfiguration],
  hashes: [{ hash: 1, flags: { f: 2, g: 3 } }, decodeFlagHashes],
  collector: [{ ingestedContentCount: 1 }, decodeCollectorAnswer],
  changes: [
    { deleted: { a: {} }, added: { b: {} }, updated: { c: { old_value: {}, new_value: {} } } },
    decodeChangeMessage,
  ],
  'error body': [{ message: 'x', errorCode: 'Y' }, decodeErrorBody],
  health: [{ initialized: true }, decodeHealth],
  info: [{ cacheRefresh: '2026-01-01T00:00:00Z', flagsets: { a: '2026-01-01T00:00:00Z' } }, decodeInfo],
  manifest: [{ flags: [{ key: 'f', type: 'boolean', defaultValue: true, description: '' }] }, decodeManifest],
};

const someValue = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', 'ERROR', 'SdkDefault', [], {}, [null], '\ud800', '__proto__'),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A copy of a JSON value in which one value, chosen by `at`, is replaced, removed or renamed. */
function damaged(value: unknown, at: number, by: { readonly value: unknown; readonly name: string }): unknown {
  let left = at;
  const copy = (current: unknown): unknown => {
    if (left-- === 0) return by.value;
    if (Array.isArray(current)) return current.map(copy);
    if (typeof current !== 'object' || current === null) return current;
    return Object.fromEntries(
      Object.entries(current).map(([name, inner]) => [left === 0 ? by.name : name, copy(inner)]),
    );
  };
  return copy(value);
}

const damage = fc.record({
  at: fc.nat(40),
  by: fc.record({ value: someValue, name: fc.constantFrom('flags', 'value', '__proto__', 'constructor', 'x') }),
});

/** What a decoder answers; anything it throws but RESPONSE_INVALID fails the test. */
function answerOf(decode: (text: string) => unknown, text: string): unknown {
  try {
    return decode(text);
  } catch (error) {
    if (!isHalyardError(error) || error.code !== 'RESPONSE_INVALID') throw error;
    return undefined;
  }
}

test.each(Object.keys(kinds))('a damaged answer is read or refused, and never anything else: %s', (kind) => {
  const [answer, decode] = kinds[kind] as (typeof kinds)[string];
  expect(answerOf(decode, JSON.stringify(answer))).toBeDefined();
  fc.assert(
    fc.property(damage, ({ at, by }) => void answerOf(decode, JSON.stringify(damaged(answer, at, by)))),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.nat(400), fc.string(), (length, tail) => {
      const text = JSON.stringify(answer);
      answerOf(decode, text.slice(0, length % text.length) + tail);
    }),
  );
});

test('properties that somebody gave to all objects are no answer', () => {
  const polluted = { message: 'x', value: 1, reason: 'STATIC', flags: {}, valid: true, hash: 1, initialized: true };
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(polluted)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true, enumerable: false });
  }
  try {
    expect(decodeErrorBody('{}')).toEqual({});
    for (const kind of ['goff evaluation', 'goff bulk', 'ofrep evaluation', 'hashes', 'health']) {
      expect([kind, answerOf(kinds[kind]?.[1] ?? String, '{}')]).toEqual([kind, undefined]);
    }
  } finally {
    for (const name of Object.keys(polluted)) delete prototype[name];
  }
});

const kindsOfOutcomes = ['boolean', 'string', 'number', 'object', 'null', 'default'];

function expectSound({ resolution, kind, cacheable, trackEvents }: Outcome): void {
  expect(kindsOfOutcomes).toContain(kind);
  expect([typeof cacheable, typeof trackEvents, typeof resolution.reason]).toEqual(['boolean', 'boolean', 'string']);
  expect(['string', 'undefined']).toContain(typeof resolution.variant);
  expect([resolution, resolution.flagMetadata, resolution.value].every(Object.isFrozen)).toBe(true);
  const plain = Object.values(resolution.flagMetadata).every((value) => /string|number|boolean/.test(typeof value));
  expect(plain).toBe(true);
  // reason ERROR, an error code and a message come together or not at all
  expect(resolution.errorCode === undefined).toBe(resolution.reason !== 'ERROR');
  expect(resolution.errorMessage === undefined).toBe(resolution.errorCode === undefined);
  expect(kind === 'default' || kind === 'null').toBe(resolution.value === null);
}

test.each(['goff', 'ofrep'])(
  'every outcome of a damaged bulk answer is sound, and the undamaged flag stays: %s',
  (name) => {
    const [answer, decode] = kinds[`${name} bulk`] as (typeof kinds)[string];
    const whole = decode(JSON.stringify(answer)) as Map<string, Outcome>;
    fc.assert(
      fc.property(damage, ({ at, by }) => {
        // the places of the first flag come before those of the second
        const changed = damaged(answer, 3 + (at % 5), { ...by, name: 'x' });
        const outcomes = answerOf(decode, JSON.stringify(changed)) as Map<string, Outcome>;
        for (const outcome of outcomes.values()) expectSound(outcome);
        expect(outcomes.get('g')).toEqual(whole.get('g'));
      }),
      { numRuns: 500 },
    );
  },
);
