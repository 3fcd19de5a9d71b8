import { HalyardError, messageOf } from '@halyard/core';
import type { Source } from './source.ts';

/**
 * Flags given as definitions in the program: flag key → GO Feature Flag definition. They are copied; changing the
 * objects later changes no answer.
 *
 * @throws HalyardError `CONFIG_INVALID` if they cannot be written as JSON
 */
export function inlineSource(definitions: Readonly<Record<string, unknown>>): Source {
  const text = textOf(definitions);
  return {
    describe: () => 'inline definitions',
    async load(previousVersion) {
      if (previousVersion !== undefined) return 'unchanged';
      const copy = JSON.parse(text) as Record<string, unknown>;
      return { version: 'inline', documents: [{ origin: 'inline definitions', definitions: copy }], builtIn: true };
    },
  };
}

/** Kept as text, which weighs less than objects, for a provider that is closed and opened again. */
function textOf(definitions: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(definitions);
  } catch (error) {
    const message = `the definitions cannot be written as JSON: ${messageOf(error)}`;
    throw new HalyardError('CONFIG_INVALID', message, { cause: error });
  }
}
