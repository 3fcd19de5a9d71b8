import { parseSemver } from '../../../semver/parse-semver.ts';
import { doubleMembershipTest, integerMembershipTest, textMembershipTest } from './membership-test.ts';
import { doubleTest, integerTest } from './number-test.ts';
import { effectOf } from './operator-effect.ts';
import type { Comparison } from './parsed-query.ts';
import { textTest } from './text-test.ts';
import type { ValueTest } from './value-test.ts';
import { neverHolds } from './value-test.ts';
import { versionTest } from './version-test.ts';

/**
 * The test a comparison makes (goff-evaluation §10.5).
 *
 * @param integers whether whole numbers count as integers where they come from
 * @returns undefined if it makes the whole query false as soon as it is reached
 */
export function comparisonTest({ operator, literal }: Comparison, integers: boolean): ValueTest | undefined {
  const effect = effectOf(operator, literal.kind);
  if (effect !== 'compares') return effect === 'never' ? neverHolds : undefined;
  switch (literal.kind) {
    case 'boolean':
      return booleanTest(operator === 'eq', literal.value);
    case 'null':
      return nullTest(operator === 'eq');
    case 'version': {
      const version = parseSemver(literal.text);
      return version === undefined ? neverHolds : versionTest(operator, version);
    }
    case 'string':
      return textTest(operator, literal.text);
    case 'double':
      return doubleTest(operator, literal.text);
    case 'integer':
      return integerTest(operator, literal.text);
    case 'strings':
      return textMembershipTest(literal.items);
    case 'doubles':
      return doubleMembershipTest(literal.items);
    case 'integers':
      return integers ? integerMembershipTest(literal.items) : neverHolds;
  }
}

function booleanTest(equal: boolean, literal: boolean): ValueTest {
  const wanted = equal ? literal : !literal;
  return (value) => value === wanted;
}

function nullTest(equal: boolean): ValueTest {
  return equal ? (value) => value === null || value === undefined : (value) => value !== null && value !== undefined;
}
