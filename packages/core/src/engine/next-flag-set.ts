import type { ArrangedFlags, Dialect, FlagDefinition } from '../dialects/dialect.ts';
import type { FlagChange } from './engine.ts';
import { FlagEntry } from './flag-entry.ts';
import { FlagSet } from './flag-set.ts';

/** Flags compared between two pauses, and flags read: about a millisecond of work each. */
const COMPARED_AT_ONCE = 512;
const READ_AT_ONCE = 64;

/** A new set, and how it differs from the one before. */
export interface NextFlagSet {
  readonly set: FlagSet;
  /** All flags that were added, removed, or are defined differently. */
  readonly changes: readonly FlagChange[];
}

/**
 * Makes the next set of flags. Flags whose definition is the same keep their compiled form. Pauses (yields) every few
 * hundred flags, so that a large set can be made without holding up evaluations.
 */
export function* nextFlagSet(
  previous: FlagSet | undefined,
  version: string,
  arranged: ArrangedFlags,
  dialect: Dialect,
): Generator<void, NextFlagSet> {
  const { flags, dependencies, metadata } = arranged;
  const entries = new Map<string, FlagEntry>();
  const changes: FlagChange[] = [];
  // in other surroundings the same definition may have other answers
  const isComparable = previous?.dialect === dialect;
  const replace = (key: string, definition: FlagDefinition): void => {
    changes.push({ flag: key, before: previous?.entry(key)?.definition, after: definition.definition });
    entries.set(key, new FlagEntry(key, definition, arranged.readerOf(key)));
  };
  for (const [key, definition] of flags) {
    const known = previous?.entry(key);
    if (isComparable && known?.isDefinedBy(definition) === true) entries.set(key, known);
    else replace(key, definition);
    if (previous !== undefined && entries.size % COMPARED_AT_ONCE === 0) yield;
  }
  if (dependencies !== undefined && previous !== undefined) {
    for (const key of dependentsOf(changes, dependencies)) replace(key, flags.get(key) as FlagDefinition);
  }
  for (const { key, definition } of previous?.entries() ?? []) {
    if (!flags.has(key)) changes.push({ flag: key, before: definition, after: undefined });
  }
  return { set: new FlagSet(version, entries, dialect, metadata), changes };
}

/** The flags that did not change themselves but depend on one that did, directly or through others. */
function dependentsOf(
  changes: readonly FlagChange[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const dependents = new Map<string, string[]>();
  for (const [key, needed] of dependencies) {
    for (const name of needed) {
      const known = dependents.get(name);
      if (known === undefined) dependents.set(name, [key]);
      else known.push(key);
    }
  }
  // a set goes on with what is added while it is walked through
  const changed = new Set(changes.map(({ flag }) => flag));
  for (const key of changed) for (const dependent of dependents.get(key) ?? []) changed.add(dependent);
  return [...changed].slice(changes.length);
}

/** Reads (validates, compiles) every flag of a set, pausing like {@link nextFlagSet}. */
export function* readAllFlags(set: FlagSet): Generator<void, void> {
  let read = 0;
  for (const entry of set.entries()) {
    void entry.decision;
    if (++read % READ_AT_ONCE === 0) yield;
  }
}
