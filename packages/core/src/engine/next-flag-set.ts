import type { Dialect, FlagDefinition } from '../dialects/dialect.ts';
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
  definitions: ReadonlyMap<string, FlagDefinition>,
  dialect: Dialect,
): Generator<void, NextFlagSet> {
  const entries = new Map<string, FlagEntry>();
  const changes: FlagChange[] = [];
  for (const [key, definition] of definitions) {
    const known = previous?.entry(key);
    const kept = known?.isDefinedBy(definition) === true;
    entries.set(key, kept ? (known as FlagEntry) : new FlagEntry(key, definition, dialect));
    if (!kept) changes.push({ flag: key, before: known?.definition, after: definition.definition });
    if (previous !== undefined && entries.size % COMPARED_AT_ONCE === 0) yield;
  }
  for (const { key, definition } of previous?.entries() ?? []) {
    if (!definitions.has(key)) changes.push({ flag: key, before: definition, after: undefined });
  }
  return { set: new FlagSet(version, entries, dialect), changes };
}

/** Reads (validates, compiles) every flag of a set, pausing like {@link nextFlagSet}. */
export function* readAllFlags(set: FlagSet): Generator<void, void> {
  let read = 0;
  for (const entry of set.entries()) {
    void entry.decision;
    if (++read % READ_AT_ONCE === 0) yield;
  }
}
