import type { FlagChange } from '@halyard/core';
import type { JsonObject } from './json-answer.ts';
import { field, isJsonObject, objectField, objectFrom } from './json-answer.ts';

/** What the change streams push: which flags are different, with their definitions (goff-relay-protocol §5.1). */
export interface ChangeMessage {
  readonly deleted: Readonly<Record<string, unknown>>;
  readonly added: Readonly<Record<string, unknown>>;
  readonly updated: Readonly<Record<string, { readonly old_value: unknown; readonly new_value: unknown }>>;
}

/**
 * The changes that a pushed text tells of. A change whose definitions are not where they should be still names its flag.
 *
 * @throws HalyardError `RESPONSE_INVALID` if the text is no change message
 */
export function decodeChangeMessage(text: string): FlagChange[] {
  const message = objectFrom(text);
  const [deleted, added, updated] = ['deleted', 'added', 'updated'].map((name) => objectField(message, name) ?? {});
  return [
    ...changesIn(deleted, (definition) => ({ before: definition, after: undefined })),
    ...changesIn(added, (definition) => ({ before: undefined, after: definition })),
    ...changesIn(updated, (pair) => {
      const sides = isJsonObject(pair) ? pair : {};
      return { before: field(sides, 'old_value'), after: field(sides, 'new_value') };
    }),
  ];
}

function changesIn(
  flags: JsonObject | undefined,
  sidesOf: (entry: unknown) => Pick<FlagChange, 'before' | 'after'>,
): FlagChange[] {
  return Object.entries(flags ?? {}).map(([flag, entry]) => ({ flag, ...sidesOf(entry) }));
}

/** The message that tells of changes. */
export function changeMessageOf(changes: Iterable<FlagChange>): ChangeMessage {
  const deleted: [string, unknown][] = [];
  const added: [string, unknown][] = [];
  const updated: [string, { old_value: unknown; new_value: unknown }][] = [];
  for (const { flag, before, after } of changes) {
    if (after === undefined) deleted.push([flag, before]);
    else if (before === undefined) added.push([flag, after]);
    else updated.push([flag, { old_value: before, new_value: after }]);
  }
  // fromEntries defines properties, so that a flag called __proto__ stays one
  return {
    deleted: Object.fromEntries(deleted),
    added: Object.fromEntries(added),
    updated: Object.fromEntries(updated),
  };
}
