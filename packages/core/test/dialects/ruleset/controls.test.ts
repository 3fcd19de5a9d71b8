import type { EvaluationContext } from '../../../src/context/evaluation-context.ts';
import type { FlagControls } from '../../../src/dialects/dialect.ts';
import { arranged, nextSet, setOf } from './ruleset-harness.ts';

const document = {
  production: {
    type: 'percentage',
    baseline: { half: false, only: 'baseline' },
    features: {
      half: { percentage: 50 },
      needy: { percentage: 100, requires: ['half'] },
      disabled: { percentage: 100, enabled: false },
    },
  },
  staging: { type: 'percentage', kill_switch_active: true, features: { half: { percentage: 100 } } },
};

/** The features that are told as changed when the controls change. */
function changedBy(before: FlagControls, after: FlagControls): readonly string[] {
  const first = arranged(document, before);
  const board = first.board as NonNullable<typeof first.board>;
  const { set } = nextSet(undefined, first);
  return nextSet(set, board.arrange(after)).changes.map(({ flag }) => flag);
}

test('the kill switch changes what is on or could be, and leaves alone what answers its baseline anyway', () => {
  const ruleset = 'production';
  expect(changedBy({ ruleset }, { ruleset, killSwitch: true })).toEqual(['half', 'needy']);
  expect(changedBy({ ruleset, killSwitch: true }, { ruleset, killSwitch: false })).toEqual(['half', 'needy']);
  expect(changedBy({ ruleset }, { ruleset, killSwitch: false })).toEqual([]);
  expect(changedBy({ ruleset: 'staging' }, { ruleset: 'staging', killSwitch: true })).toEqual([]);
});

test('the kill switch at run time wins over the document, both ways', () => {
  const reasonWith = (controls: FlagControls): string =>
    setOf(document, controls).evaluate('half', {}).resolution.reason;
  expect(reasonWith({ ruleset: 'staging' })).toBe('DISABLED');
  expect(reasonWith({ ruleset: 'staging', killSwitch: false })).toBe('STATIC');
  expect(reasonWith({ ruleset: 'production', killSwitch: true })).toBe('DISABLED');
});

test('another ruleset changes every feature, as every answer names its ruleset', () => {
  const changed = changedBy({ ruleset: 'production' }, { ruleset: 'staging' });
  expect([...changed].sort()).toEqual(['disabled', 'half', 'needy', 'only']);
});

test('the board tells rulesets and baseline, and refuses a name it does not know', () => {
  const { board } = arranged(document, { ruleset: 'production' });
  expect(board).toMatchObject({ rulesets: ['production', 'staging'], active: 'production' });
  expect(board?.baseline).toEqual({ half: false, only: 'baseline' });
  expect(Object.isFrozen(board?.baseline)).toBe(true);
  expect(() => board?.arrange({ ruleset: 'prod' })).toThrow(
    'there is no ruleset "prod"; the document has "production", "staging"',
  );
});

test.each<[string, FlagControls, string, EvaluationContext, unknown[]]>([
  ['the kill switch of the document', { ruleset: 'staging' }, 'half', {}, [{ step: 'kill-switch', by: 'document' }]],
  [
    'the one at run time',
    { ruleset: 'production', killSwitch: true },
    'half',
    {},
    [{ step: 'kill-switch', by: 'run time' }],
  ],
  ['a disabled feature', { ruleset: 'production' }, 'disabled', {}, [{ step: 'disabled', because: 'enabled' }]],
  ['a baseline', { ruleset: 'production' }, 'only', {}, [{ step: 'baseline' }]],
  [
    'a requirement that is not on',
    { ruleset: 'production' },
    'needy',
    {},
    [{ step: 'requirement', feature: 'half', isOn: false }, { step: 'baseline' }],
  ],
  [
    'no user id',
    { ruleset: 'production' },
    'half',
    {},
    [{ step: 'bucketing-key', attribute: 'targetingKey', error: 'there is no user id' }],
  ],
  [
    'a user id by another attribute',
    { ruleset: 'production' },
    'half',
    { user_id: 1 },
    [
      { step: 'bucketing-key', attribute: 'user_id', key: '1' },
      expect.objectContaining({ step: 'percentage', modulus: 100_000 }),
    ],
  ],
])('the trace tells of %s', (_name, controls, ...[key, context, trace]) => {
  expect(setOf(document, controls).explain(key, context, { seconds: 0, nanos: 0 })).toEqual(trace);
});

test('the trace tells of lists and attributes up to the one that decides', () => {
  const feature = { blacklist: ['a'], whitelist: ['b'], target_attributes: { tier: 'x', level: 1 } };
  const set = setOf({ r: { type: 'user_targeting', features: { f: feature } } }, {}, { env: 'prod' });
  const stepsFor = (context: EvaluationContext): unknown[] =>
    set.explain('f', context, { seconds: 0, nanos: 0 }).map((step) => {
      if (step.step === 'user-list') return `${step.list} ${step.outcome}`;
      return step.step === 'target-attribute' ? `${step.attribute} ${step.outcome}` : step.step;
    });
  const none = ['blacklist did not match', 'whitelist did not match'];
  expect(stepsFor({ id: 'a' })).toEqual(['enrichment', 'blacklist matched']);
  expect(stepsFor({ id: 'b' })).toEqual(['enrichment', 'blacklist did not match', 'whitelist matched']);
  expect(stepsFor({ tier: 'x', level: 1 })).toEqual(['enrichment', ...none, 'tier matched', 'level matched']);
  expect(stepsFor({ tier: 'y' })).toEqual(['enrichment', ...none, 'tier did not match', 'baseline']);
});
