import { exactInteger } from './integer-range.ts';
import { isWhole } from './number-test.ts';
import type { ValueTest } from './value-test.ts';

const loneSurrogate = /\p{Surrogate}/gu;
const wellFormed = (text: string): string => text.replace(loneSurrogate, '\ufffd');

/** Whether a text is one of `items`; case matters here (goff-evaluation §10.5). */
export function textMembershipTest(items: readonly string[]): ValueTest {
  const members = new Set<unknown>(items.map(wellFormed));
  // only then can a text that is not well-formed be a member
  if (!items.some((item) => wellFormed(item).includes('\ufffd'))) return (value) => members.has(value);
  return (value) => typeof value === 'string' && members.has(wellFormed(value));
}

export function doubleMembershipTest(items: readonly string[]): ValueTest {
  const members = new Set<unknown>(items.map(Number));
  return (value) => members.has(value);
}

/** Only values that count as 64-bit integers can be members (goff-evaluation §8, §10.5). */
export function integerMembershipTest(items: readonly string[]): ValueTest {
  const members = new Set<unknown>(items.map(exactInteger));
  return (value) => typeof value === 'number' && isWhole(value) && members.has(value);
}
