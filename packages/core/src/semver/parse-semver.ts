import { compareDigits, isDigits } from './digits.ts';
import type { Semver } from './semver.ts';

const largestNumber = '18446744073709551615';
const identifier = /^[0-9A-Za-z-]+$/;

/**
 * Reads a complete Semantic Versioning 2.0 version: no `v`, no missing part, no leading zeros. Numeric parts go up
 * to 2^64−1 (goff-evaluation §10.5).
 */
export function parseSemver(text: string): Semver | undefined {
  const plus = text.indexOf('+');
  if (plus >= 0 && !areIdentifiers(text.slice(plus + 1).split('.'))) return undefined;
  const version = plus < 0 ? text : text.slice(0, plus);
  const hyphen = version.indexOf('-');
  const [major = '', minor = '', patch = '', ...more] = (hyphen < 0 ? version : version.slice(0, hyphen)).split('.', 4);
  if (more.length > 0 || !isNumber(major) || !isNumber(minor) || !isNumber(patch)) return undefined;
  const preRelease = hyphen < 0 ? [] : version.slice(hyphen + 1).split('.');
  if (!areIdentifiers(preRelease) || !preRelease.every((part) => !isDigits(part) || isNumber(part))) return undefined;
  return { major, minor, patch, preRelease };
}

const areIdentifiers = (parts: readonly string[]): boolean => parts.every((part) => identifier.test(part));

function isNumber(text: string): boolean {
  if (!isDigits(text) || (text.length > 1 && text.startsWith('0'))) return false;
  return text.length <= largestNumber.length && compareDigits(text, largestNumber) <= 0;
}
