import type { Outcome, Resolution } from '@halyard/core';
import { errorOutcome, messageOf } from '@halyard/core';
import type { FlagAnswerNotes } from './flag-answer.ts';
import { outcomeFrom } from './flag-answer.ts';
import type { JsonObject } from './json-answer.ts';
import { describeKind, isJsonObject } from './json-answer.ts';

/** The outcome of one flag among many; a wrong type costs this flag only. */
export function outcomeOfEntry(
  flagKey: string,
  entry: unknown,
  notesOf: (entry: JsonObject) => FlagAnswerNotes,
): Outcome {
  if (!isJsonObject(entry)) {
    return errorOutcome('PARSE_ERROR', `the relay's answer is ${describeKind(entry)}, expected an object`);
  }
  try {
    return outcomeFrom(flagKey, entry, notesOf(entry));
  } catch (error) {
    return errorOutcome('PARSE_ERROR', `the relay's answer is wrong: ${messageOf(error)}`);
  }
}

/** An outcome in the words of bulk answers: no variant for defaults and errors, and null is no value (§3.2). */
export function inBulk({ resolution, kind }: Outcome): Resolution {
  if (kind === 'default') return { ...resolution, value: null, variant: '' };
  if (kind !== 'null') return resolution;
  const { flagMetadata } = resolution;
  return { ...errorOutcome('TYPE_MISMATCH', 'the value of the flag is null', flagMetadata).resolution };
}
