import type { EvaluationContext, Outcome } from '@halyard/core';
import { defaultOutcome, errorOutcome, isHalyardError, kindOf } from '@halyard/core';
import fc from 'fast-check';
import {
  changeMessageOf,
  contextOfGoff,
  decodeChangeMessage,
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
  encodeCollectorBatch,
  encodeFlagConfigurationRequest,
  encodeGoffBulkRequest,
  encodeGoffEvaluationRequest,
  encodeOfrepRequest,
  goffBulkOf,
  goffContextOf,
  goffEvaluationOf,
  ofrepBulkOf,
  ofrepErrorOf,
  ofrepEvaluationOf,
} from '../../src/index.ts';

const hostile = JSON.parse(
  '{"targetingKey":"u","anonymous":true,"gofeatureflag":{"a":1},"__proto__":"x"}',
) as EvaluationContext;

test('a context goes out in the form of each protocol', () => {
  const custom = JSON.stringify(hostile);
  expect(encodeGoffEvaluationRequest(hostile)).toBe(
    `{"evaluationContext":{"key":"u","custom":${custom}},"defaultValue":null}`,
  );
  expect(encodeGoffBulkRequest(hostile)).toBe(`{"evaluationContext":{"key":"u","custom":${custom}}}`);
  expect(encodeOfrepRequest(hostile)).toBe(`{"context":${custom}}`);
});

test.each([5, null, undefined, true])('a targeting key of %p counts as none', (targetingKey) => {
  const context = { targetingKey, a: 1 } as unknown as EvaluationContext;
  expect(encodeGoffEvaluationRequest(context)).toBe('{"evaluationContext":{"custom":{"a":1}},"defaultValue":null}');
  expect(encodeOfrepRequest(context)).toBe('{"context":{"a":1}}');
});

test('a context comes back as it went', () => {
  for (const context of [{}, { targetingKey: '' }, { targetingKey: 'u', key: 'k' }, hostile]) {
    expect(contextOfGoff(goffContextOf(context))).toEqual(context);
  }
});

const metadata = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.integer()));
/** As JSON has them: 0 where -0 was. */
const value = fc.jsonValue().map((json): unknown => JSON.parse(JSON.stringify(json)));
/** Outcomes as evaluation in process makes them. */
const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({
    value,
    variant: fc.string(),
    reason: fc.constantFrom('STATIC', 'SPLIT', 'TARGETING_MATCH_SPLIT', 'DISABLED', 'ERROR'),
    metadata,
    cacheable: fc.boolean(),
    trackEvents: fc.boolean(),
  })
  .filter((parts) => !('version' in parts.metadata) && !('gofeatureflag_cacheable' in parts.metadata))
  .map(({ metadata: flagMetadata, cacheable, trackEvents, reason, ...parts }) => {
    if (reason === 'DISABLED') return { ...defaultOutcome(reason, flagMetadata, cacheable), trackEvents };
    if (reason === 'ERROR') return { ...errorOutcome('GENERAL', 'it broke', flagMetadata), trackEvents };
    const resolution = { value: parts.value, variant: parts.variant, reason, flagMetadata };
    return { resolution, kind: kindOf(parts.value), cacheable, trackEvents };
  });

const isNamedDefault = ({ resolution, kind }: Outcome): boolean =>
  kind === 'null' && resolution.variant === 'SdkDefault';

test('an outcome survives the way through the relay’s own protocol', () => {
  fc.assert(
    fc.property(anyOutcome, fc.string({ minLength: 1 }), (outcome, version) => {
      fc.pre(!isNamedDefault(outcome));
      const text = JSON.stringify(goffEvaluationOf(outcome, null, version));
      const flagMetadata = { ...outcome.resolution.flagMetadata, version };
      expect(decodeGoffEvaluation('f', text)).toEqual({
        ...outcome,
        resolution: { ...outcome.resolution, flagMetadata },
      });
    }),
  );
});

test('an outcome survives the way through OFREP, but for what OFREP leaves out', () => {
  fc.assert(
    fc.property(anyOutcome, (outcome) => {
      fc.pre(!isNamedDefault(outcome));
      if (outcome.resolution.errorCode !== undefined) {
        const text = JSON.stringify(ofrepErrorOf('f', outcome));
        return expect(decodeOfrepError('f', text)?.resolution.errorCode).toBe('GENERAL');
      }
      const text = JSON.stringify(ofrepEvaluationOf('f', outcome));
      expect(decodeOfrepEvaluation('f', text)).toEqual({ ...outcome, trackEvents: true });
    }),
  );
});

test('outcomes survive the way through bulk answers, where null is a wrong type', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), anyOutcome), (flags) => {
      const outcomes = Object.entries(flags);
      const expected = new Map(outcomes.map(([key, outcome]) => [key, { ...outcome, cacheable: false }]));
      for (const [key, { resolution, kind, trackEvents }] of outcomes) {
        if (kind !== 'null') continue;
        const mismatch = errorOutcome('TYPE_MISMATCH', 'the value of the flag is null', resolution.flagMetadata);
        expected.set(key, { ...mismatch, trackEvents });
      }
      expect(decodeGoffBulk(JSON.stringify(goffBulkOf(outcomes, 1)))).toEqual(expected);
      const untold = new Map([...expected].map(([key, outcome]) => [key, { ...outcome, trackEvents: true }]));
      expect(decodeOfrepBulk(JSON.stringify(ofrepBulkOf(outcomes)))).toEqual(untold);
    }),
  );
});

test('a bulk answer without flags leaves them out, and one with an error is not valid', () => {
  expect(goffBulkOf([], 1)).toEqual({ valid: true });
  expect(goffBulkOf([['f', errorOutcome('GENERAL', 'x')]], 1).valid).toBe(false);
});

test('changes survive the way through a change message', () => {
  const definition = { variations: {} };
  const changes = [
    { flag: 'gone', before: definition, after: undefined },
    { flag: '__proto__', before: undefined, after: definition },
    { flag: 'edited', before: definition, after: {} },
  ];
  expect(decodeChangeMessage(JSON.stringify(changeMessageOf(changes)))).toEqual(changes);
  expect(decodeChangeMessage('{"updated":{"f":null}}')).toEqual([{ flag: 'f', before: undefined, after: undefined }]);
});

test('definitions are read as they are, and none is something else than an error', () => {
  expect(encodeFlagConfigurationRequest()).toBe('{}');
  expect(encodeFlagConfigurationRequest(['a'])).toBe('{"flags":["a"]}');
  const text = '{"flags":{"f":{"x":1},"__proto__":5},"evaluationContextEnrichment":{"env":"prod"}}';
  const read = decodeFlagConfiguration(text);
  expect(Object.entries(read.flags)).toEqual([
    ['f', { x: 1 }],
    ['__proto__', 5],
  ]);
  expect(read).toMatchObject({ evaluationContextEnrichment: { env: 'prod' }, text });
  expect(decodeFlagConfiguration('{}').flags).toEqual({});
  expect(decodeFlagConfiguration('{"flags":null}').flags).toEqual({});
  for (const wrong of ['{"message":"maintenance"}', '{"flags":[]}', '[]', '{"evaluationContextEnrichment":[]}']) {
    expect(() => decodeFlagConfiguration(wrong)).toThrow(/expected/);
  }
});

test('hashes are whole numbers of flags', () => {
  const read = decodeFlagHashes('{"hash":2781898380,"flags":{"a":1051133493,"__proto__":7}}');
  expect([read.hash, ...read.flags]).toEqual([2781898380, ['a', 1051133493], ['__proto__', 7]]);
  for (const wrong of ['{}', '{"hash":1}', '{"hash":"1","flags":{}}', '{"hash":1,"flags":{"a":-1}}']) {
    expect(() => decodeFlagHashes(wrong)).toThrow(/expected/);
  }
});

test('a batch that cannot be written is refused without a word about what is in it', () => {
  const event = { kind: 'tracking', contextKind: 'user', userKey: 'u', creationDate: 1, key: 'k' } as const;
  const batch = { meta: {}, events: [{ ...event, evaluationContext: { secret: 1n }, trackingEventDetails: {} }] };
  const failure = ((): unknown => {
    try {
      return encodeCollectorBatch(batch);
    } catch (error) {
      return error;
    }
  })();
  expect(isHalyardError(failure) && failure.code).toBe('CONTEXT_INVALID');
  expect(String(failure)).not.toContain('secret');
});

test('what a relay says about itself is read', () => {
  expect(decodeHealth('{"initialized":true}')).toEqual({ initialized: true });
  const info = { cacheRefresh: '0001-01-01T00:00:00Z', flagsets: { a: '2026-01-01T00:00:00Z' } };
  expect(decodeInfo(JSON.stringify(info))).toEqual(info);
  const flag = { key: 'f', type: 'float', defaultValue: 1.5, description: 'x' };
  const others = [{ ...flag, type: 'date' }, { ...flag, defaultValue: null }, 5, { type: 'float', defaultValue: 1 }];
  expect(decodeManifest(JSON.stringify({ flags: [flag, ...others] }))).toEqual({ flags: [flag] });
});

test('an error body is read in each of its forms', () => {
  expect(decodeErrorBody('{"message":"Not Found"}')).toEqual({ message: 'Not Found' });
  const details = { errorCode: 'INVALID_REQUEST', errorDetails: 'why' };
  expect(decodeErrorBody(JSON.stringify(details))).toEqual({ errorCode: 'INVALID_REQUEST', message: 'why' });
  expect(decodeErrorBody('{"error":"API Key is missing"}')).toEqual({ message: 'API Key is missing' });
  expect(decodeErrorBody('<html>')).toEqual({});
});
