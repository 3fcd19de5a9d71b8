import type { Outcome } from '@halyard/core';
import { goffDialect, FlagEntry, FlagSet, instantOfMillis, isHalyardError } from '@halyard/core';
import {
  decodeGoffBulk,
  decodeGoffEvaluation,
  decodeOfrepBulk,
  decodeOfrepError,
  decodeOfrepEvaluation,
} from '../../src/index.ts';

const goffAnswer = {
  trackEvents: true,
  variationType: 'on',
  failed: false,
  version: '',
  reason: 'TARGETING_MATCH',
  errorCode: '',
  value: true,
  cacheable: true,
  metadata: { evaluatedRuleName: 'r1' },
};
const ofrepAnswer = { key: 'f', value: true, reason: 'STATIC', variant: 'on', metadata: { team: 'a' } };

const goff = (change: object = {}): Outcome => decodeGoffEvaluation('f', JSON.stringify({ ...goffAnswer, ...change }));
const ofrep = (change: object = {}): Outcome =>
  decodeOfrepEvaluation('f', JSON.stringify({ ...ofrepAnswer, ...change }));

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return isHalyardError(error) ? error.code : error;
  }
}

test('an answer of the relay is the outcome of the same flag in process', () => {
  const definition = { variations: { on: { a: [1] }, off: {} }, defaultRule: { variation: 'on' }, version: '3' };
  const dialect = goffDialect({ enrichment: {}, now: () => instantOfMillis(0) });
  const entry = new FlagEntry('f', { definition, naming: 'exact' }, dialect);
  const local = new FlagSet('v', new Map([['f', entry]]), dialect);
  const remote = { reason: 'STATIC', version: '3', value: { a: [1] }, metadata: undefined };
  expect(goff(remote)).toEqual(local.evaluate('f', {}));
  const unknown = { failed: true, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND', value: null, metadata: null };
  const inWords = { ...unknown, errorDetails: "flag g was not found in the relay's words", cacheable: false };
  expect(decodeGoffEvaluation('g', JSON.stringify(inWords))).toEqual(local.evaluate('g', {}));
  expect(decodeOfrepError('g', '{"errorCode":"FLAG_NOT_FOUND","errorDetails":"x","key":"g"}')).toEqual(
    local.evaluate('g', {}),
  );
});

test('values keep their kind, texts their characters, and everything is frozen', () => {
  expect(goff({ value: 1.5 }).kind).toBe('number');
  expect(goff({ value: null }).kind).toBe('null');
  expect(goff({ value: [] }).kind).toBe('object');
  expect(goff({ value: 'a\ud800\u2028' }).resolution.value).toBe('a\ud800\u2028');
  const { resolution } = goff({ value: { a: [{}] } });
  expect([resolution, resolution.flagMetadata, resolution.value].every(Object.isFrozen)).toBe(true);
  expect(Object.isFrozen((resolution.value as { a: object[] }).a[0])).toBe(true);
});

test('metadata is texts, numbers and booleans, and has the version where telemetry looks', () => {
  const metadata = { text: 'x', number: 1, yes: true, list: [1], nothing: null };
  expect(goff({ metadata, version: '7' }).resolution.flagMetadata).toEqual({
    text: 'x',
    number: 1,
    yes: true,
    version: '7',
  });
  expect(goff({ metadata: { version: 2 }, version: '7' }).resolution.flagMetadata).toEqual({ version: 2 });
  expect(goff({ metadata: null }).resolution.flagMetadata).toEqual({});
});

test('what OFREP says about caching is no metadata', () => {
  const metadata = { team: 'a', gofeatureflag_cacheable: true };
  expect(ofrep({ metadata })).toMatchObject({ cacheable: true, resolution: { flagMetadata: { team: 'a' } } });
  expect(ofrep({ metadata: { gofeatureflag_cacheable: 'true' } }).cacheable).toBe(false);
  expect(ofrep().cacheable).toBe(false);
  expect(goff({ metadata }).resolution.flagMetadata).toEqual({ team: 'a' });
});

test.each([
  ['goff', () => goff({ reason: 'DISABLED', variationType: 'SdkDefault', value: null })],
  ['ofrep', () => ofrep({ reason: 'DISABLED', variant: 'SdkDefault', value: null })],
  ['old ofrep', () => ofrep({ reason: 'DISABLED', variant: 'defaultSdk', value: false })],
  ['goff bulk', () => bulkOf({ ...goffAnswer, reason: 'DISABLED', variationType: '', value: null })],
  ['ofrep bulk', () => ofrepBulkOf({ ...ofrepAnswer, reason: 'DISABLED', variant: '', value: null })],
])('a disabled flag is the caller’s default (%s)', (_name, outcome) => {
  expect(outcome()).toMatchObject({
    kind: 'default',
    resolution: { value: null, variant: 'SdkDefault', reason: 'DISABLED' },
  });
});

const bulkOf = (flag: object): Outcome | undefined =>
  decodeGoffBulk(JSON.stringify({ flags: { f: flag }, valid: true })).get('f');
const ofrepBulkOf = (flag: object): Outcome | undefined => decodeOfrepBulk(JSON.stringify({ flags: [flag] })).get('f');

test('an OFREP answer without a value is the caller’s default', () => {
  expect(ofrep({ value: undefined })).toMatchObject({
    kind: 'default',
    resolution: { reason: 'STATIC', variant: 'on' },
  });
  expect(ofrep({ value: null }).kind).toBe('null');
  expect(codeOf(() => decodeOfrepEvaluation('f', '{"message":"maintenance"}'))).toBe('RESPONSE_INVALID');
});

test('errors keep their details; codes that OpenFeature does not have are GENERAL', () => {
  const error = { failed: true, reason: 'ERROR', variationType: 'SdkDefault', value: null, cacheable: false };
  const key = { errorCode: 'TARGETING_KEY_MISSING', errorDetails: 'no key' };
  expect(goff({ ...error, ...key, version: '1' }).resolution).toEqual({
    value: null,
    variant: 'SdkDefault',
    reason: 'ERROR',
    errorCode: 'TARGETING_KEY_MISSING',
    errorMessage: 'no key',
    flagMetadata: { evaluatedRuleName: 'r1', version: '1' },
  });
  expect(goff({ ...error, errorCode: 'FLAG_CONFIG', errorDetails: 'x' }).resolution.errorCode).toBe('GENERAL');
  expect(goff({ ...error, errorCode: 'FLAG_CONFIG' }).resolution.errorMessage).toContain('FLAG_CONFIG');
  expect(goff({ ...error, errorCode: '' }).resolution.errorCode).toBe('GENERAL');
  expect(goff({ ...error, errorCode: 'PROVIDER_FATAL' }).resolution.errorCode).toBe('GENERAL');
  expect(goff({ reason: '__proto__', errorCode: 'toString' }).resolution.errorCode).toBe('GENERAL');
  expect(goff({ ...error, ...key, trackEvents: false })).toMatchObject({ kind: 'default', trackEvents: false });
});

test('reasons are kept as they come', () => {
  expect(goff({ reason: 'TARGETING_MATCH_SPLIT' }).resolution.reason).toBe('TARGETING_MATCH_SPLIT');
  expect(ofrep({ reason: 'CUSTOM_REASON' }).resolution.reason).toBe('CUSTOM_REASON');
  expect(ofrep({ reason: undefined, variant: undefined }).resolution).toMatchObject({ reason: 'UNKNOWN', value: true });
});

test.each([
  ['no value', { value: undefined }],
  ['a number as variant', { variationType: 1 }],
  ['a number as reason', { reason: 1 }],
  ['a list as metadata', { metadata: [] }],
  ['a number as version', { version: 1 }],
  ['a text as cacheable', { cacheable: 'yes' }],
])('%s refuses the answer', (_name, change) => {
  expect(codeOf(() => goff(change))).toBe('RESPONSE_INVALID');
});

test('a value nested 100,000 deep is refused, in bulk that flag alone', () => {
  const deep = `{"reason":"STATIC","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(codeOf(() => decodeGoffEvaluation('f', deep))).toBe('RESPONSE_INVALID');
  const answers = decodeGoffBulk(`{"flags":{"deep":${deep},"f":${JSON.stringify(goffAnswer)}},"valid":true}`);
  expect([...answers.values()].map(({ resolution }) => resolution.errorCode)).toEqual(['PARSE_ERROR', undefined]);
});

test.each(['', '  ', 'null', '[]', '"text"', '5', '<html>', '{"value":', '{}'])('%j is no answer', (text) => {
  expect(codeOf(() => decodeGoffEvaluation('f', text))).toBe('RESPONSE_INVALID');
});

test('a byte order mark does no harm', () => {
  expect(decodeGoffEvaluation('f', `\ufeff${JSON.stringify(goffAnswer)}`).resolution.value).toBe(true);
});

test('one bad flag does not spoil the others', () => {
  const flags = {
    good: goffAnswer,
    list: [],
    text: 'x',
    typed: { ...goffAnswer, variationType: 5 },
    ['__proto__']: goffAnswer,
  };
  const answers = decodeGoffBulk(JSON.stringify({ flags, valid: false }));
  expect([...answers.keys()]).toEqual(['good', 'list', 'text', 'typed', '__proto__']);
  expect(answers.get('good')).toMatchObject({ cacheable: false, resolution: { value: true } });
  expect(answers.get('__proto__')).toMatchObject({ resolution: { value: true } });
  for (const key of ['list', 'text', 'typed']) expect(answers.get(key)?.resolution.errorCode).toBe('PARSE_ERROR');
  const listed = [
    ofrepAnswer,
    null,
    { value: 1 },
    { ...ofrepAnswer, key: 'g', variant: 5 },
    { ...ofrepAnswer, key: '__proto__' },
  ];
  const ofrepAnswers = decodeOfrepBulk(JSON.stringify({ flags: listed }));
  expect([...ofrepAnswers.keys()]).toEqual(['f', 'g', '__proto__']);
  expect(ofrepAnswers.get('g')?.resolution.errorCode).toBe('PARSE_ERROR');
});

test('no flags is something that has to be said', () => {
  expect(decodeGoffBulk('{"valid":true}').size).toBe(0);
  expect(decodeOfrepBulk('{"flags":[]}').size).toBe(0);
  for (const text of ['{}', '{"flags":[],"valid":true}', '{"message":"maintenance"}']) {
    expect(codeOf(() => decodeGoffBulk(text))).toBe('RESPONSE_INVALID');
  }
  for (const text of ['{}', '{"flags":{}}', '{"flags":null}']) {
    expect(codeOf(() => decodeOfrepBulk(text))).toBe('RESPONSE_INVALID');
  }
});

test.each(['{"message":"Not Found"}', '<html>', '', '{"errorCode":5}', '{"errorCode":""}', 'null'])(
  '%j is no OFREP error',
  (text) => {
    expect(decodeOfrepError('f', text)).toBeUndefined();
  },
);
