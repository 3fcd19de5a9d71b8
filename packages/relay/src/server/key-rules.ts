import type { OptionFault, OptionRule } from '@halyard/core';
import { optionRules } from '@halyard/core';

/** What a value is, without showing it: it may be a key. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list with something else in it';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const isSecret = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** A list of keys, whose texts no message ever shows. */
export function secretsRule(least: 0 | 1): OptionRule {
  const expected = `a list of ${least === 0 ? '' : 'at least one of '}texts that are not empty`;
  return {
    expected,
    check(value, path, report) {
      const isRight = Array.isArray(value) && value.length >= least && value.every(isSecret);
      if (!isRight) report({ path, found: kindOf(value), expected });
    },
  };
}

type Report = (fault: OptionFault) => void;
type SetRules = Readonly<Record<string, OptionRule>>;

const wanted = ['name', 'apiKeys', 'source'];

/**
 * Sets of flags: each right in itself, no key and no name twice.
 *
 * @param hasSource whether `source` is given as well, which leaves nobody to serve it to
 */
export function flagSetsRule(rules: SetRules, hasSource: boolean): OptionRule {
  const expected = 'a list of at least one flag set: { name, apiKeys, source }';
  return {
    expected,
    check(value, path, report) {
      if (!Array.isArray(value) || value.length === 0) return report({ path, found: kindOf(value), expected });
      if (hasSource) report({ path, found: 'flag sets beside source', expected: 'either source or flagSets' });
      value.forEach((set: unknown, index) => checkSet(set, `${path}[${index}]`, rules, report));
      checkUnique(value, path, 'apiKeys', report);
      checkUnique(value, path, 'name', report);
    },
  };
}

function checkSet(set: unknown, path: string, rules: SetRules, report: Report): void {
  optionRules.anObjectOf(rules).check(set, path, report);
  if (!optionRules.isPlainObject(set)) return;
  for (const name of wanted) {
    if (set[name] === undefined) {
      report({ path: `${path}.${name}`, found: 'undefined', expected: rules[name]?.expected ?? '' });
    }
  }
}

function checkUnique(sets: readonly unknown[], path: string, option: 'apiKeys' | 'name', report: Report): void {
  const owners = new Map<unknown, number>();
  sets.forEach((set, index) => {
    if (!optionRules.isPlainObject(set)) return;
    const values: readonly unknown[] = option === 'name' ? [set['name']] : [set['apiKeys']].flat();
    const owner = values.map((value) => owners.get(value)).find((found) => found !== undefined);
    if (owner !== undefined) {
      const found = `${option === 'name' ? 'the name' : 'a key'} of ${path}[${owner}]`;
      report({ path: `${path}[${index}].${option}`, found, expected: 'something that no other set has' });
    }
    for (const value of new Set(values)) owners.set(value, index);
  });
}
