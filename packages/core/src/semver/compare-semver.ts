import { compareDigits, isDigits } from './digits.ts';
import type { Semver } from './semver.ts';

/** Precedence of Semantic Versioning 2.0. @returns as for `Array.prototype.sort` */
export function compareSemver(left: Semver, right: Semver): number {
  return (
    compareDigits(left.major, right.major) ||
    compareDigits(left.minor, right.minor) ||
    compareDigits(left.patch, right.patch) ||
    comparePreReleases(left.preRelease, right.preRelease)
  );
}

function comparePreReleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const order = compareIdentifiers(left[index] as string, right[index] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareIdentifiers(left: string, right: string): number {
  const leftIsNumber = isDigits(left);
  if (leftIsNumber !== isDigits(right)) return leftIsNumber ? -1 : 1;
  if (leftIsNumber) return compareDigits(left, right);
  return left === right ? 0 : left < right ? -1 : 1;
}
