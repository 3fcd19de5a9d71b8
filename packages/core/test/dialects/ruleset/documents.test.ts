import { rulesetDialect } from '../../../src/dialects/ruleset/ruleset-dialect.ts';
import { arranged, faultsOf, membersOf, ruleset } from './ruleset-harness.ts';

const percentage = (feature: object): object => ruleset('percentage', { f: { percentage: 5, ...feature } });
const targeting = (feature: object): object => ruleset('user_targeting', { f: feature });
const test2 = (feature: object): object => ruleset('ab_test', { f: { groups: ['a', 'b'], ...feature } });

test.each<[string, object, string]>([
  ['a ruleset that is not there yet', { r: null }, 'r: found null, expected a ruleset: an object with type'],
  ['a list for a ruleset', { r: [] }, 'r: found an array, expected a ruleset: an object with type and features; or'],
  ['null among baselines', { f: true, g: null, h: 'x' }, 'g: found null, expected a ruleset'],
  ['a ruleset beside something else', { r: { type: 'ab_test' }, x: 5 }, 'x: found 5, expected a ruleset'],
  ['no type', { r: {} }, 'r.type: found nothing, expected one of percentage, user_targeting, ab_test'],
  ['an unknown type', { r: { type: 'rollout' } }, 'r.type: found "rollout", expected one of'],
  ['a kill switch of another type', ruleset('ab_test', {}, { kill_switch_active: 'no' }), 'r.kill_switch_active'],
  ['a baseline that is a list', ruleset('ab_test', {}, { baseline: [] }), 'r.baseline: found an array'],
  ['features that are a text', { r: { type: 'ab_test', features: 'f' } }, 'r.features: found "f"'],
  ['a feature that is a text', ruleset('ab_test', { f: 'on' }), 'r.features.f: found "on", expected an object'],
  ['enabled as text', percentage({ enabled: 'yes' }), 'r.features.f.enabled: found "yes", expected true or false'],
  ['no percentage', percentage({ percentage: null }), 'r.features.f.percentage: found nothing'],
  ['a percentage over 100', percentage({ percentage: 100.001 }), 'percentage: found 100.001, expected a number from 0'],
  ['a percentage below 0', percentage({ percentage: -1 }), 'percentage: found -1'],
  ['a percentage as text', percentage({ percentage: '5' }), 'percentage: found "5"'],
  ['a whitelist that is no list', targeting({ whitelist: 1 }), 'whitelist: found 1, expected a list of user ids'],
  ['a user id that is a switch', targeting({ blacklist: ['a', true] }), 'blacklist.1: found true, expected a user id'],
  [
    'a user id that is a number too long to be exact',
    targeting({ blacklist: [2 ** 53 - 1, 2 ** 53] }),
    'blacklist.1: found 9007199254740992, expected a user id: write so long a number as a text',
  ],
  ['a long negative user id', targeting({ whitelist: ['1', -(2 ** 53)] }), 'whitelist.1: found -9007199254740992'],
  ['target attributes in a list', targeting({ target_attributes: ['tier'] }), 'target_attributes: found an array'],
  ['an attribute that is an object', targeting({ target_attributes: { a: {} } }), 'target_attributes.a: found an obj'],
  ['an object among values', targeting({ target_attributes: { a: [1, []] } }), 'target_attributes.a.1: found an array'],
  ['no groups', test2({ groups: null }), 'r.features.f.groups: found nothing, expected a list of texts, at least one'],
  ['an empty list of groups', test2({ groups: [] }), 'groups: found an empty list, expected at least one group'],
  ['a group twice', test2({ groups: ['a', 'b', 'a'] }), 'groups: found "a" twice, expected groups that differ'],
  ['a group that is a number', test2({ groups: ['a', 1] }), 'groups.1: found 1, expected a text'],
  ['too few weights', test2({ weights: [1] }), 'weights: found 1 weights, expected one for each of the 2 groups'],
  [
    'weights without a sum',
    test2({ weights: [0, 0] }),
    'weights: found a sum of 0, expected weights with a sum over 0',
  ],
  ['a negative weight', test2({ weights: [2, -1] }), 'weights.1: found -1, expected a number from 0 on'],
  ['weights beyond all numbers', test2({ weights: [1e308, 1e308] }), 'weights: found a sum of Infinity'],
  ['a treatment that is no group', test2({ treatment_groups: ['c'] }), 'treatment_groups: found "c", expected groups'],
  ['a value of another kind', percentage({ value: 'x' }), 'value: found "x", expected a value of the baseline\'s kind'],
  [
    'an unknown requirement',
    percentage({ requires: ['ff'] }),
    'requires.0: found "ff", expected a feature of the same',
  ],
  ['a feature that requires itself', percentage({ requires: ['f'] }), 'requires: found the cycle f → f'],
])('%s is refused', (_name, document, fault) => {
  const faults = faultsOf(document);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test('every fault is listed, of all rulesets', () => {
  const document = {
    one: { type: 'percentage', kill_switch_active: 1, features: { f: { enabled: 2 }, g: { percentage: 101 } } },
    two: { type: 'nothing', features: { h: { requires: ['i'], percentage: 'ignored while the type is unknown' } } },
  };
  expect(faultsOf(document).map((fault) => fault.split(':')[0])).toEqual([
    'one.kill_switch_active',
    'one.features.f.enabled',
    'one.features.f.percentage',
    'one.features.g.percentage',
    'two.type',
    'two.features.h.requires.0',
  ]);
});

test('a value without a baseline has to be true or false, one with a baseline has to be of its kind', () => {
  const withBaseline = (baseline: unknown, feature: object): object =>
    ruleset('user_targeting', { f: feature }, { baseline: { f: baseline } });
  expect(faultsOf(withBaseline('red', { value: 'blue' }))).toEqual([]);
  expect(faultsOf(withBaseline([1], { value: { a: 1 } }))).toEqual([]);
  expect(faultsOf(withBaseline(null, { value: null }))).toEqual([]);
  expect(faultsOf(withBaseline('red', {}))[0]).toContain('found nothing, which stands for true');
});

test('a cycle over several features is told as a way, once', () => {
  const requires = (...names: string[]): object => ({ percentage: 1, requires: names });
  const document = ruleset('percentage', {
    start: requires('a'),
    a: requires('b'),
    b: requires('c'),
    c: requires('a'),
  });
  const told = 'r.features.a.requires: found the cycle a → b → c → a, expected features that do not require themselves';
  expect(faultsOf(document)).toEqual([told]);
});

test('ten thousand features in a row are refused in time, and a thousand are not', () => {
  const chain = (length: number): object =>
    ruleset(
      'percentage',
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          `f${index}`,
          { percentage: 100, ...(index > 0 && { requires: [`f${index - 1}`] }) },
        ]),
      ),
    );
  expect(faultsOf(chain(1_001))).toEqual([]);
  expect(faultsOf(chain(10_000))[0]).toContain('expected at most 1000');
});

test('unknown properties and those the type does not look at are warnings with their path', () => {
  const document = ruleset(
    'percentage',
    { f: { percentage: 5, percentag: 5, groups: 'not even a list', colour: 'red' } },
    { kil_switch_active: true },
  );
  expect(
    arranged(document).diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`),
  ).toEqual([
    'warning unknown-property r.kil_switch_active',
    'warning unknown-property r.features.f.percentag',
    'warning unknown-property r.features.f.colour',
    'warning ignored-property r.features.f.groups',
  ]);
});

test('a percentage finer than a bucket is a warning', () => {
  expect(arranged(percentage({ percentage: 33.3333 })).diagnostics.map(({ code }) => code)).toEqual([
    'percentage-too-fine',
  ]);
  expect(arranged(percentage({ percentage: 33.333 })).diagnostics).toEqual([]);
});

test('names of Object.prototype are names like others', () => {
  const text =
    '{"r":{"type":"percentage","baseline":{"__proto__":1,"toString":"x"},"features":{"constructor":{"percentage":100}}}}';
  const { flags, board } = arranged(JSON.parse(text) as object);
  expect([...flags.keys()]).toEqual(['constructor', '__proto__', 'toString']);
  expect(Object.keys(board?.baseline ?? {})).toEqual(['__proto__', 'toString']);
});

test('the flat form is one ruleset, under the name that was asked for', () => {
  const flat = { feature: true, colour: 'red' };
  expect(arranged(flat).board).toMatchObject({ rulesets: ['bootstrap'], active: 'bootstrap', baseline: flat });
  expect(arranged(flat, { ruleset: 'production' }).board).toMatchObject({ active: 'production' });
});

test('documents without any object in them are in the short form, and no others are', () => {
  const { isShortForm } = rulesetDialect({ enrichment: {} });
  const short = (document: object): boolean | undefined => isShortForm?.(membersOf(document));
  expect(short({ feature: true, colour: 'red', size: 1 })).toBe(true);
  expect([short({ production: null }), short({ production: [] })]).toEqual([true, true]);
  expect([short({}), short({ feature: true, r: { type: 'percentage' } })]).toEqual([false, false]);
});

test('a document without members is no flags, under the name that was asked for', () => {
  const { flags, board, diagnostics, metadata } = arranged({});
  expect({ flags: flags.size, diagnostics, metadata }).toEqual({
    ...{ flags: 0, diagnostics: [], metadata: { ruleset: 'bootstrap' } },
  });
  expect(board).toMatchObject({ rulesets: [], active: 'bootstrap', baseline: {} });
  expect(arranged({}, { ruleset: 'production', killSwitch: true }).board).toMatchObject({ active: 'production' });
});

test('a document without members is controlled as others are, and has no other ruleset', () => {
  const { board } = arranged({}, { ruleset: 'production' });
  expect(board?.arrange({ ruleset: 'production', killSwitch: true }).flags.size).toBe(0);
  expect(() => board?.arrange({ ruleset: 'beta' })).toThrow('there is no ruleset "beta"; the document has none');
});

test('a document of several rulesets needs a name, and the name has to be one of them', () => {
  const two = { a: { type: 'ab_test' }, b: { type: 'ab_test' } };
  const refusal = (controls: object): unknown => {
    try {
      return arranged(two, controls).board?.active;
    } catch (error) {
      return error;
    }
  };
  expect(refusal({ ruleset: 'b' })).toBe('b');
  expect(refusal({})).toMatchObject({ code: 'SOURCE_INVALID', message: expect.stringContaining('"a", "b"') as string });
  expect(refusal({ ruleset: 'c' })).toMatchObject({ message: expect.stringContaining('"a", "b"') as string });
});
