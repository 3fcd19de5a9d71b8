import fc from 'fast-check';
import { arranged, faultsOf, nextSet, ruleset, setOf } from './ruleset-harness.ts';

const feature = (isOn: boolean, ...requires: string[]): object => ({ percentage: isOn ? 100 : 0, requires });

test('a feature is on only if all it requires are, and names the first of its own that is not', () => {
  const set = setOf(
    ruleset('percentage', {
      on: feature(true),
      off: feature(false),
      deep: feature(true, 'on', 'off'),
      both: feature(true, 'on', 'deep', 'off'),
      fine: feature(true, 'on'),
      disabled: { ...feature(true), enabled: false },
      needy: feature(true, 'disabled'),
    }),
  );
  const answerOf = (key: string): unknown => set.evaluate(key, {}).resolution;
  expect(answerOf('fine')).toMatchObject({ value: true, reason: 'STATIC', flagMetadata: { ruleset: 'r' } });
  expect(answerOf('both')).toEqual({
    value: false,
    variant: 'baseline',
    reason: 'DEFAULT',
    flagMetadata: { ruleset: 'r', unmetRequirement: 'deep' },
  });
  expect(answerOf('deep')).toMatchObject({ flagMetadata: { unmetRequirement: 'off' } });
  expect(answerOf('needy')).toMatchObject({ flagMetadata: { unmetRequirement: 'disabled' } });
});

test('a requirement is decided for the same context, and one without a user id is not on', () => {
  const set = setOf(ruleset('percentage', { half: { percentage: 50 }, f: feature(true, 'half') }));
  for (let id = 1; id < 50; id++) {
    const isOn = set.evaluate('half', { id }).resolution.value;
    expect(set.evaluate('f', { id }).resolution.value).toBe(isOn);
  }
  expect(set.evaluate('f', {}).resolution.flagMetadata['unmetRequirement']).toBe('half');
});

test('a required test is on for its treatment groups', () => {
  const groups = { groups: ['a', 'b'], treatment_groups: ['b'] };
  const set = setOf(
    ruleset('ab_test', { t: groups, f: { groups: ['all'], treatment_groups: ['all'], requires: ['t'] } }),
  );
  for (let id = 1; id < 50; id++) {
    const { variant } = set.evaluate('t', { id }).resolution;
    expect(set.evaluate('f', { id }).resolution.variant).toBe(variant === 'b' ? 'all' : 'baseline');
  }
});

/** Features that require earlier ones only, so that there is no cycle. */
const acyclic = fc.array(
  fc.record({ isOn: fc.boolean(), enabled: fc.boolean(), needs: fc.array(fc.nat(30), { maxLength: 3 }) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test('for any features, one is on if and only if it would be by itself and all it requires are on', () => {
  fc.assert(
    fc.property(acyclic, (given) => {
      const needsOf = (index: number): number[] =>
        index === 0 ? [] : (given[index]?.needs ?? []).map((need) => need % index);
      const isOn = (index: number): boolean => {
        const { isOn: byItself, enabled } = given[index] as (typeof given)[number];
        return enabled && byItself && needsOf(index).every(isOn);
      };
      const features = Object.fromEntries(
        given.map((one, index) => [
          `f${index}`,
          { ...feature(one.isOn, ...needsOf(index).map((need) => `f${need}`)), enabled: one.enabled },
        ]),
      );
      const set = setOf(ruleset('percentage', features));
      given.forEach((one, index) => {
        const { value, flagMetadata } = set.evaluate(`f${index}`, {}).resolution;
        expect(value).toBe(isOn(index));
        const unmet = one.enabled ? needsOf(index).find((need) => !isOn(need)) : undefined;
        expect(flagMetadata['unmetRequirement']).toBe(unmet === undefined ? undefined : `f${unmet}`);
      });
    }),
  );
});

test('a diamond of many levels is answered at once', () => {
  const features: Record<string, object> = { a0: feature(true), b0: feature(true) };
  for (let level = 1; level < 200; level++) {
    const below = [`a${level - 1}`, `b${level - 1}`];
    features[`a${level}`] = feature(true, ...below);
    features[`b${level}`] = feature(true, ...below);
  }
  expect(setOf(ruleset('percentage', features)).evaluate('a199', {}).resolution.value).toBe(true);
});

test('features in many circles are refused, and nothing hangs', () => {
  const names = Array.from({ length: 100 }, (_, index) => `f${index}`);
  const document = ruleset('percentage', Object.fromEntries(names.map((name) => [name, feature(true, ...names)])));
  expect(faultsOf(document)).toHaveLength(100);
});

test('a feature is compiled anew when one changes that it requires through others, and else it is kept', () => {
  const document = (percent: number): object =>
    ruleset('percentage', {
      top: feature(true, 'middle'),
      middle: feature(true, 'bottom'),
      bottom: { percentage: percent },
      other: feature(true),
    });
  const first = nextSet(undefined, arranged(document(100))).set;
  const other = first.evaluate('other', {});
  expect(first.evaluate('top', {}).resolution.value).toBe(true);
  const second = nextSet(first, arranged(document(0)));
  expect(second.changes.map(({ flag }) => flag).sort()).toEqual(['bottom', 'middle', 'top']);
  expect(second.set.evaluate('top', {}).resolution.value).toBe(false);
  expect(second.set.evaluate('other', {})).toBe(other);
});
