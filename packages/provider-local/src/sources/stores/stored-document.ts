import { describeValue, HalyardError, optionRules } from '@halyard/core';
import { formatOf } from '../document-format.ts';
import type { DocumentFormat, FlagDocument } from '../source.ts';

/** Where a stored document comes from, and how a text there is written. */
export interface StoredPlace {
  /** In a few words, for messages. */
  readonly name: string;
  /** What it is stored under; an extension tells the format. */
  readonly key: string;
  /** What the user says of the format. */
  readonly format: DocumentFormat | undefined;
}

/**
 * A value from a store as a document: a text, or definitions that the store has decoded already.
 *
 * @throws HalyardError `SOURCE_UNAVAILABLE` if there is none, `SOURCE_INVALID` if it is neither, or an empty text
 */
export function storedDocument({ name, key, format }: StoredPlace, value: unknown): FlagDocument {
  if (value === null || value === undefined) throw new HalyardError('SOURCE_UNAVAILABLE', `${name} holds nothing`);
  if (optionRules.isPlainObject(value)) return { origin: name, definitions: value };
  if (typeof value !== 'string' || value.trim() === '') {
    const found = typeof value === 'string' ? 'an empty text' : describeValue(value);
    throw new HalyardError('SOURCE_INVALID', `${name} holds ${found}, expected flags`);
  }
  // flags in JSON are an object; YAML of flags could begin like that too, and means the same then
  const looks = value.trimStart().startsWith('{') ? 'json' : 'yaml';
  return { origin: name, format: format ?? formatOf(key) ?? looks, text: value };
}

/**
 * Rows as a document: of two columns the key and the definition of a flag, or of a ruleset; of one column a whole
 * document, and then there is one row.
 *
 * @throws HalyardError `SOURCE_INVALID` for anything else
 */
export function documentOfRows(place: StoredPlace, rows: readonly unknown[]): FlagDocument {
  const definitions: [string, unknown][] = [];
  for (const row of rows) {
    const cells = typeof row === 'object' && row !== null ? Object.values(row) : [];
    const [key, definition] = cells as unknown[];
    if (cells.length === 1 && rows.length === 1) return storedDocument(place, key);
    if (cells.length < 2 || typeof key !== 'string') {
      const expected = 'expected a key and a definition in each row, or one row with one document';
      throw new HalyardError('SOURCE_INVALID', `${place.name} gave a row with ${describeValue(key)}, ${expected}`);
    }
    definitions.push([key, decoded(place, key, definition)]);
  }
  return { origin: place.name, definitions: Object.fromEntries(definitions) };
}

/** Columns of type `text` hold JSON as it was written, those of type `jsonb` come decoded. */
function decoded({ name }: StoredPlace, key: string, definition: unknown): unknown {
  if (typeof definition !== 'string') return definition;
  try {
    return JSON.parse(definition) as unknown;
  } catch {
    throw new HalyardError('SOURCE_INVALID', `${name} gave a definition of ${JSON.stringify(key)} that is no JSON`);
  }
}
