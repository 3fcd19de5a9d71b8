import type { EvaluationContext } from '../../../src/context/evaluation-context.ts';
import { resolutionFor } from '../../../src/resolution/outcome.ts';
import { ruleset, setOf } from './ruleset-harness.ts';

/** The answer as `value variant reason`, with what the metadata has beside the ruleset. */
function answerOf(document: object, context: EvaluationContext = {}, key: string = 'f'): string {
  const { value, variant, reason, flagMetadata, errorCode } = setOf(document).evaluate(key, context).resolution;
  expect(flagMetadata['ruleset']).toBe('r');
  const { ruleset: _name, ...others } = flagMetadata;
  return [errorCode ?? JSON.stringify(value), variant, reason, ...Object.values(others)].join(' ');
}

const percentage = (percent: number, feature: object = {}): object =>
  ruleset('percentage', { f: { percentage: percent, ...feature } });

test('what is not known is not found', () => {
  expect(answerOf(percentage(5), {}, 'g')).toBe('FLAG_NOT_FOUND SdkDefault ERROR');
});

test('what is known only as a baseline answers it, kill switch or not', () => {
  const document = ruleset('percentage', {}, { baseline: { g: { a: 1 } }, kill_switch_active: true });
  expect(answerOf(document, {}, 'g')).toBe('{"a":1} baseline DEFAULT');
});

test.each<[string, object]>([
  ['the kill switch', ruleset('percentage', { f: { percentage: 100 } }, { kill_switch_active: true })],
  ['enabled: false', percentage(100, { enabled: false })],
  [
    'both, with a requirement that is off',
    ruleset('percentage', { g: { percentage: 0 }, f: { percentage: 100, enabled: false, requires: ['g'] } }),
  ],
])('%s leads to the baseline', (_name, document) => {
  expect(answerOf(document)).toBe('false baseline DISABLED');
});

test('a baseline that is not stated is false, and a value true', () => {
  expect(answerOf(percentage(0))).toBe('false baseline STATIC');
  expect(answerOf(percentage(100))).toBe('true on STATIC');
});

test('a percentage splits by user id', () => {
  const answers = Array.from({ length: 1_000 }, (_, index) =>
    answerOf(percentage(25), { targetingKey: `user-${index}` }),
  );
  const counts = { on: answers.filter((answer) => answer === 'true on SPLIT').length, all: new Set(answers) };
  expect(counts.on).toBeGreaterThan(200);
  expect(counts.on).toBeLessThan(300);
  expect(counts.all).toEqual(new Set(['true on SPLIT', 'false baseline SPLIT']));
});

test('without a user id a percentage and a test are errors, but 0 and 100 percent are not', () => {
  const document = ruleset('ab_test', { f: { groups: ['a'] } });
  for (const context of [{}, { targetingKey: '' }, { id: true }, { user_id: null }, { userId: ['a'] }]) {
    expect(answerOf(percentage(50), context)).toBe('TARGETING_KEY_MISSING SdkDefault ERROR');
    expect(answerOf(document, context)).toBe('TARGETING_KEY_MISSING SdkDefault ERROR');
  }
});

test.each<[string, EvaluationContext, string]>([
  ['targetingKey before all others', { targetingKey: 'a', user_id: 'b', userId: 'b', id: 'b' }, 'a'],
  ['user_id', { targetingKey: '', user_id: 'a', userId: 'b', id: 'b' }, 'a'],
  ['userId', { user_id: '', userId: 'a', id: 'b' }, 'a'],
  ['id', { id: 'a' }, 'a'],
  ['a number by its decimal text', { user_id: 12.5 }, '12.5'],
  ['a great number without exponent', { user_id: 1e21 }, '1000000000000000000000'],
  ['zero', { id: 0, user_id: '' }, '0'],
  ['minus zero', { id: -0 }, '0'],
])('the user id is %s', (_name, context, id) => {
  const document = ruleset('user_targeting', { f: { whitelist: [id] } });
  expect(answerOf(document, context)).toBe('true on TARGETING_MATCH whitelist');
});

test('the enrichment is no user id, but has attributes', () => {
  const feature = { whitelist: ['a'], target_attributes: { tier: 'gold' } };
  const enriched = setOf(ruleset('user_targeting', { f: feature }), {}, { id: 'a', tier: 'gold' });
  expect(enriched.evaluate('f', {}).resolution.flagMetadata['evaluatedRuleName']).toBe('target_attributes');
});

const targeted = ruleset('user_targeting', {
  f: {
    whitelist: [123, '456', 'both'],
    blacklist: ['bad', 'both', 7],
    target_attributes: { tier: ['premium', 'enterprise'], 'account.beta': true, level: 1 },
  },
});
const premium = { tier: 'premium', account: { beta: true }, level: 1 };

test.each<[string, EvaluationContext, string]>([
  ['a user on both lists', { targetingKey: 'both' }, 'false baseline TARGETING_MATCH blacklist'],
  ['a blacklisted user with the attributes', { ...premium, id: 7 }, 'false baseline TARGETING_MATCH blacklist'],
  ['a whitelisted number', { user_id: 123 }, 'true on TARGETING_MATCH whitelist'],
  ['a whitelisted number as text', { user_id: '123' }, 'true on TARGETING_MATCH whitelist'],
  ['a whitelisted text as number', { user_id: 456 }, 'true on TARGETING_MATCH whitelist'],
  ['all attributes, without an id', premium, 'true on TARGETING_MATCH target_attributes'],
  ['another value of the list', { ...premium, tier: 'enterprise' }, 'true on TARGETING_MATCH target_attributes'],
  ['an attribute too few', { tier: 'premium', level: 1 }, 'false baseline DEFAULT'],
  ['a number as text', { ...premium, level: '1' }, 'false baseline DEFAULT'],
  ['a list in place of a value', { ...premium, tier: ['premium'] }, 'false baseline DEFAULT'],
  ['a name with a dot in place of a path', { ...premium, account: {}, 'account.beta': true }, 'false baseline DEFAULT'],
  ['nothing at all', {}, 'false baseline DEFAULT'],
])('user targeting with %s', (_name, context, expected) => {
  expect(answerOf(targeted, context)).toBe(expected);
});

test('an attribute is never one of Object.prototype, and null is a value', () => {
  const wanting = (attributes: object): object => ruleset('user_targeting', { f: { target_attributes: attributes } });
  expect(answerOf(wanting({ 'constructor.name': 'Object' }))).toBe('false baseline DEFAULT');
  expect(answerOf(wanting({ 'a.length': 1 }), { a: ['x'] })).toBe('false baseline DEFAULT');
  expect(answerOf(wanting({ a: null }), { a: null })).toBe('true on TARGETING_MATCH target_attributes');
  expect(answerOf(wanting({ a: null }), {})).toBe('false baseline DEFAULT');
  // as JSON has it, so that a relay that is asked over the network answers alike
  expect(answerOf(wanting({ a: null }), { a: NaN })).toBe('true on TARGETING_MATCH target_attributes');
  expect(answerOf(wanting({ a: null }), { a: undefined })).toBe('false baseline DEFAULT');
  expect(answerOf(wanting({}), {})).toBe('false baseline DEFAULT');
  expect(answerOf(wanting({ a: [] }), { a: 1 })).toBe('false baseline DEFAULT');
});

describe('a test', () => {
  const document = ruleset('ab_test', { f: { groups: ['control', 'treatment'], treatment_groups: ['treatment'] } });
  const groupOf = (id: string): string => setOf(document).evaluate('f', { id }).resolution.variant as string;
  const treated = Array.from({ length: 50 }, (_, index) => `u${index}`).find(
    (id) => groupOf(id) === 'treatment',
  ) as string;
  const controlled = Array.from({ length: 50 }, (_, index) => `u${index}`).find(
    (id) => groupOf(id) === 'control',
  ) as string;

  test('is on in treatment groups, and its variant is the group', () => {
    expect(answerOf(document, { id: treated })).toBe('true treatment SPLIT');
    expect(answerOf(document, { id: controlled })).toBe('false control SPLIT');
  });

  test('answers a text with the group, its own kind with the value, and no other', () => {
    const outcome = setOf(document).evaluate('f', { id: treated });
    expect(resolutionFor(outcome, 'string', 'x')).toMatchObject({
      value: 'treatment',
      variant: 'treatment',
      reason: 'SPLIT',
    });
    expect(resolutionFor(outcome, 'boolean', false).value).toBe(true);
    expect(resolutionFor(outcome, 'any', null).value).toBe(true);
    expect(resolutionFor(outcome, 'number', 5)).toMatchObject({
      value: 5,
      errorCode: 'TYPE_MISMATCH',
      flagMetadata: { ruleset: 'r' },
    });
  });

  test('with texts as values answers a text with the value', () => {
    const feature = { groups: ['a', 'b'], treatment_groups: ['a', 'b'], value: 'new' };
    const texts = setOf(ruleset('ab_test', { f: feature }, { baseline: { f: 'old' } }));
    expect(resolutionFor(texts.evaluate('f', { id: 'u' }), 'string', 'x').value).toBe('new');
  });

  test('gives groups without weight to nobody, at whatever end', () => {
    const groups = ['none', 'some', 'rest', 'nobody'];
    const weighted = setOf(ruleset('ab_test', { f: { groups, weights: [0, 1, 2, 0] } }));
    const variants = Array.from(
      { length: 500 },
      (_, id) => weighted.evaluate('f', { id: `u${id}` }).resolution.variant,
    );
    expect(new Set(variants)).toEqual(new Set(['some', 'rest']));
  });
});

test('one and the same answer is one and the same object', () => {
  const set = setOf(targeted);
  expect(set.evaluate('f', { user_id: 123 })).toBe(set.evaluate('f', { user_id: '456' }));
  expect(Object.isFrozen(set.evaluate('f', {}).resolution)).toBe(true);
  const split = setOf(percentage(50));
  expect(split.evaluate('f', {})).toBe(split.evaluate('f', { id: '' }));
});
