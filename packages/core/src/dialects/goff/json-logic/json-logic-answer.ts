import { BARE_ZERO } from './special-values.ts';

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * All arrays and objects of a value, each once however often it stands there: rules can build values that would be
 * endless otherwise.
 */
export function containersIn(value: unknown): readonly object[] {
  if (!isContainer(value)) return [];
  const seen = new Set<object>([value]);
  for (const container of seen) {
    for (const part of Object.values(container) as unknown[]) if (isContainer(part)) seen.add(part);
  }
  return [...seen];
}

/** Whether a value can be written as JSON, which the relay does before it decides: not with infinities and NaN. */
export function isWritable(value: unknown): boolean {
  const isFaulty = (part: unknown): boolean => typeof part === 'number' && !Number.isFinite(part);
  return !isFaulty(value) && !containersIn(value).some((container) => Object.values(container).some(isFaulty));
}

/**
 * Whether a rule with this value matches: everything does except `false`, `null`, `""`, `0`, `[]`, and what cannot be
 * written as JSON (goff-evaluation §11.1). −0 is written as `-0` and matches.
 */
export function jsonLogicMatches(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined || value === '' || value === BARE_ZERO || Object.is(value, 0)) return false;
  if (Array.isArray(value) && value.length === 0) return false;
  return isWritable(value);
}
