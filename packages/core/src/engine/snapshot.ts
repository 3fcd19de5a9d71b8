import { describeValue } from '../options/describe-value.ts';
import type { Outcome } from '../resolution/outcome.ts';
import { errorOutcome, resolutionForDefault } from '../resolution/outcome.ts';
import type { Resolution } from '../resolution/resolution.ts';

/** The answers for one context at one moment. Nothing that happens later changes them; they agree with each other. */
export interface Snapshot {
  boolean(key: string, defaultValue: boolean): boolean;
  string(key: string, defaultValue: string): string;
  number(key: string, defaultValue: number): number;
  object<T extends object>(key: string, defaultValue: T): T;
  /** The whole answer. The kind asked for is the kind of the default; null asks for none. */
  details<T>(key: string, defaultValue: T): Resolution<T>;
  /** The flags that were answered. */
  keys(): readonly string[];
  /** Every answer by key, as plain data. Where the caller's default is served, the value is null. */
  toJSON(): Readonly<Record<string, Resolution>>;
}

function notFound(key: string): Outcome {
  return errorOutcome('FLAG_NOT_FOUND', `flag ${describeValue(key)} was not found`);
}

/**
 * @param outcomes all answers, already decided
 * @param onRead is told of each answer that is read, but not of `toJSON`
 * @param missing the answer for a flag that is not among them; not found, by default
 */
export function snapshotOf(
  outcomes: ReadonlyMap<string, Outcome>,
  onRead?: (key: string, outcome: Outcome, resolution: Resolution) => void,
  missing: (key: string) => Outcome = notFound,
): Snapshot {
  const details = <T>(key: string, defaultValue: T): Resolution<T> => {
    const outcome = outcomes.get(key) ?? missing(key);
    const resolution = resolutionForDefault(outcome, defaultValue);
    onRead?.(key, outcome, resolution);
    return resolution;
  };
  const valueOf = <T>(key: string, defaultValue: T): T => details(key, defaultValue).value;
  return Object.freeze({
    boolean: valueOf<boolean>,
    string: valueOf<string>,
    number: valueOf<number>,
    object: valueOf as Snapshot['object'],
    details,
    keys: () => Object.freeze([...outcomes.keys()]),
    toJSON: () => Object.freeze(Object.fromEntries([...outcomes].map(([key, { resolution }]) => [key, resolution]))),
  });
}
