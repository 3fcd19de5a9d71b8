import { compareSemver } from '../../../semver/compare-semver.ts';
import { parseSemver } from '../../../semver/parse-semver.ts';
import type { Semver } from '../../../semver/semver.ts';
import type { Operator } from './parsed-query.ts';
import type { ValueTest } from './value-test.ts';
import { neverHolds } from './value-test.ts';

type Decision = (order: number) => boolean;

const decisions: Readonly<Partial<Record<Operator, Decision>>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  lt: (order) => order < 0,
  ge: (order) => order >= 0,
  le: (order) => order <= 0,
};

/** Compares texts that are versions by precedence (goff-evaluation §10.5). */
export function versionTest(operator: Operator, literal: Semver): ValueTest {
  const decide = decisions[operator];
  if (decide === undefined) return neverHolds;
  return (value) => {
    const version = typeof value === 'string' ? parseSemver(value) : undefined;
    return version !== undefined && decide(compareSemver(version, literal));
  };
}
