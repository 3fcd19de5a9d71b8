import type { Outcome } from '@halyard/core';
import { describeValue, errorOutcome, kindOf, optionRules } from '@halyard/core';

/** So many paths into one outcome are remembered; keys may be typos, or an attack. */
const MOST_REMEMBERED = 100;

const remembered = new WeakMap<Outcome, Map<string, Outcome>>();

/** A key that names a flag and a place inside its value: `my-config.ui.theme`. */
export interface ValuePath {
  readonly flagKey: string;
  readonly path: string;
}

/**
 * Reads a key that is no flag as a flag and a path into its value; the longest flag key counts.
 *
 * @param isFlag whether there is a flag with this key
 */
export function valuePathOf(key: string, isFlag: (key: string) => boolean): ValuePath | undefined {
  if (typeof key !== 'string') return undefined; // callers without types
  for (let dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
    const flagKey = key.slice(0, dot);
    if (isFlag(flagKey)) return { flagKey, path: key.slice(dot + 1) };
  }
  return undefined;
}

/**
 * The part of a flag's answer that a path leads to, own properties only. Where the caller's default is served anyhow, it
 * is served for each part too. A part that is not there is FLAG_NOT_FOUND; a way through something that is no object is
 * TYPE_MISMATCH. Object values are frozen, so parts are remembered.
 */
export function outcomeAt(outcome: Outcome, valuePath: ValuePath): Outcome {
  if (outcome.kind === 'default') return outcome;
  const known = remembered.get(outcome)?.get(valuePath.path);
  if (known !== undefined) return known;
  const part = partAt(outcome, valuePath);
  const parts = remembered.get(outcome) ?? new Map<string, Outcome>();
  remembered.set(outcome, parts);
  if (parts.size < MOST_REMEMBERED) parts.set(valuePath.path, part);
  return part;
}

function partAt(outcome: Outcome, { flagKey, path }: ValuePath): Outcome {
  const { resolution, cacheable, trackEvents } = outcome;
  let value = resolution.value;
  let reached = flagKey;
  for (const name of path.split('.')) {
    if (!optionRules.isPlainObject(value)) {
      const message = `${describeValue(reached)} is no object: nothing is inside it`;
      return errorOutcome('TYPE_MISMATCH', message, resolution.flagMetadata);
    }
    if (!Object.hasOwn(value, name)) {
      const message = `the value of flag ${describeValue(flagKey)} has nothing at ${describeValue(path)}`;
      return errorOutcome('FLAG_NOT_FOUND', message, resolution.flagMetadata);
    }
    value = value[name];
    reached += `.${name}`;
  }
  return { resolution: Object.freeze({ ...resolution, value }), kind: kindOf(value), cacheable, trackEvents };
}
