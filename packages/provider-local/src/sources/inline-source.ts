import { HalyardError, messageOf } from '@halyard/core';
import { jsonCopy } from '../documents/json-copy.ts';
import type { Source } from './source.ts';

/**
 * Flags given as definitions in the program: flag key → GO Feature Flag definition. They are copied; changing the
 * objects later changes no answer.
 *
 * @throws HalyardError `CONFIG_INVALID` if they cannot be written as JSON
 */
export function inlineSource(definitions: Readonly<Record<string, unknown>>): Source {
  const copy = copied(definitions);
  return {
    describe: () => 'inline definitions',
    async load(previousVersion) {
      if (previousVersion !== undefined) return 'unchanged';
      return { version: 'inline', documents: [{ origin: 'inline definitions', definitions: copy }] };
    },
  };
}

function copied(definitions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    return jsonCopy(definitions) as Record<string, unknown>;
  } catch (error) {
    throw new HalyardError('CONFIG_INVALID', `the definitions cannot be written as JSON: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
