import type { Outcome } from '@halyard/core';
import { inBulk, outcomeOfEntry } from './bulk-entry.ts';
import { metadataBeside } from './goff-evaluation.ts';
import { field, isJsonObject, listField, objectFrom } from './json-answer.ts';

/** The answer about one flag in the answer to `POST /ofrep/v1/evaluate/flags` (goff-relay-protocol §4.2). */
export interface OfrepBulkFlag {
  readonly key: string;
  readonly value: unknown;
  readonly reason: string;
  readonly variant: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly errorCode?: string;
  readonly errorDetails?: string;
}

/** What it answers with status 200. */
export interface OfrepBulk {
  readonly flags: readonly OfrepBulkFlag[];
}

/**
 * The outcomes that a text answered with status 200 stands for. A flag whose answer has a wrong type is a
 * PARSE_ERROR, and an entry without a key is left out; the others stay. None is `cacheable`: bulk answers do not tell.
 *
 * @throws HalyardError `RESPONSE_INVALID` if the answer as a whole is none
 */
export function decodeOfrepBulk(text: string): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const entry of listField(objectFrom(text), 'flags')) {
    const key = isJsonObject(entry) ? field(entry, 'key') : undefined;
    if (typeof key === 'string') outcomes.set(key, outcomeOfFlag(key, entry));
  }
  return outcomes;
}

function outcomeOfFlag(flagKey: string, entry: unknown): Outcome {
  return outcomeOfEntry(flagKey, entry, () => ({
    variantName: 'variant',
    cacheable: false,
    trackEvents: true,
    valueIsOptional: true,
  }));
}

/** The answer that tells of many outcomes, in their order; the relay sorts by key. */
export function ofrepBulkOf(outcomes: Iterable<readonly [string, Outcome]>): OfrepBulk {
  return { flags: Array.from(outcomes, ([key, outcome]) => ofrepBulkFlagOf(key, outcome)) };
}

function ofrepBulkFlagOf(key: string, outcome: Outcome): OfrepBulkFlag {
  const { value, variant = '', reason, errorCode, errorMessage, flagMetadata } = inBulk(outcome);
  return {
    key,
    value,
    reason,
    variant,
    ...metadataBeside('', flagMetadata),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(errorMessage ? { errorDetails: errorMessage } : {}),
  };
}
