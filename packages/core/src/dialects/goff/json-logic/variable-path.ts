import { parseGoFloat } from './go-float.ts';
import { wellFormed } from '../../../text/well-formed-text.ts';
import type { JsonObject } from './value-kinds.ts';

const PLAIN_INDEX = /^\d{1,15}$/;

/** The segments of a dotted path; empty ones are skipped. */
export function segmentsOf(path: string): readonly string[] {
  return wellFormed(path)
    .split('.')
    .filter((segment) => segment !== '');
}

/** A name that holds U+FFFD may stand for one with an unpaired surrogate, which no path can spell. */
export const isSpelledOneWay = (name: string): boolean => !name.includes('\ufffd');

/** The own property of that name; undefined when there is none. */
export function propertyOf(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name) && object[name] !== undefined) return object[name];
  if (isSpelledOneWay(name)) return undefined;
  const spelling = Object.keys(object).findLast((other) => wellFormed(other) === name);
  return spelling === undefined ? undefined : object[spelling];
}

function elementOf(array: readonly unknown[], segment: string): unknown {
  if (PLAIN_INDEX.test(segment)) return array[Number(segment)];
  const position = parseGoFloat(segment);
  if (position === undefined || Number.isNaN(position)) return undefined;
  const index = Math.trunc(position);
  return index >= 0 && index < array.length ? array[index] : undefined;
}

/** Follows the segments from `start` on; null when they lead nowhere, or to null. */
export function valueAt(value: unknown, segments: readonly string[], start: number): unknown {
  let current = value;
  for (let index = start; index < segments.length; index++) {
    if (typeof current !== 'object' || current === null) return null;
    const segment = segments[index] as string;
    current = Array.isArray(current) ? elementOf(current, segment) : propertyOf(current as JsonObject, segment);
  }
  return current ?? null;
}
