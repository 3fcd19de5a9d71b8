// What all answers about a flag have in common, whichever protocol they come by.
import type { OpenFeatureErrorCode, Outcome } from '@halyard/core';
import { defaultOutcome, describeValue, errorOutcome, freezeDeeply, kindOf } from '@halyard/core';
import { flagMetadataFrom } from './flag-metadata.ts';
import type { JsonObject } from './json-answer.ts';
import { field, invalidAnswer, objectField, textField } from './json-answer.ts';

/** Objects and lists inside each other; as deep as values of flag files may be. */
const DEEPEST_VALUE = 1_000;

const errorCodes: readonly string[] = [
  'PROVIDER_NOT_READY',
  'FLAG_NOT_FOUND',
  'PARSE_ERROR',
  'TYPE_MISMATCH',
  'TARGETING_KEY_MISSING',
  'INVALID_CONTEXT',
  'GENERAL',
] satisfies OpenFeatureErrorCode[];

/** Names and notes that differ between the protocols. */
export interface FlagAnswerNotes {
  readonly variantName: 'variationType' | 'variant';
  readonly version?: string | undefined;
  readonly cacheable: boolean;
  readonly trackEvents: boolean;
  /** Whether an answer without a value asks for the caller's default, as in OFREP. */
  readonly valueIsOptional: boolean;
}

/** What the relay says when it does not know a flag, in the words that in-process evaluation has for it. */
export function flagNotFound(flagKey: string): Outcome {
  return errorOutcome('FLAG_NOT_FOUND', `flag ${describeValue(flagKey)} was not found`);
}

/** An error that the relay reports about a flag; codes that OpenFeature does not have become GENERAL. */
export function reportedError(flagKey: string, answer: JsonObject, version?: string): Outcome {
  const code = textField(answer, 'errorCode') || 'GENERAL';
  const metadata = flagMetadataFrom(objectField(answer, 'metadata'), version);
  if (code === 'FLAG_NOT_FOUND') {
    return errorOutcome(code, flagNotFound(flagKey).resolution.errorMessage as string, metadata);
  }
  const known = errorCodes.includes(code) ? (code as OpenFeatureErrorCode) : 'GENERAL';
  const details = textField(answer, 'errorDetails') || `the relay reports ${describeValue(code)}`;
  return errorOutcome(known, details, metadata);
}

/**
 * The outcome that an answer about one flag stands for: what in-process evaluation would have said.
 *
 * @throws HalyardError `RESPONSE_INVALID` if a property has a wrong type
 */
export function outcomeFrom(flagKey: string, answer: JsonObject, notes: FlagAnswerNotes): Outcome {
  const { variantName, version, cacheable, trackEvents } = notes;
  const reason = textField(answer, 'reason') || 'UNKNOWN';
  if (textField(answer, 'errorCode') || reason === 'ERROR' || field(answer, 'failed') === true) {
    return { ...reportedError(flagKey, answer, version), trackEvents };
  }
  const flagMetadata = flagMetadataFrom(objectField(answer, 'metadata'), version);
  const variant = textField(answer, variantName);
  if (reason === 'DISABLED' || (variant === 'SdkDefault' && field(answer, 'value') === undefined)) {
    return { ...defaultOutcome(reason, flagMetadata, cacheable), trackEvents };
  }
  const named = variant === undefined ? {} : { variant };
  if (!Object.hasOwn(answer, 'value')) {
    // a reason there must be, lest any object of somebody else's pass for "no value"
    const isWhole = notes.valueIsOptional && reason !== 'UNKNOWN';
    if (!isWhole) throw invalidAnswer('value: found nothing, expected the value of the flag');
    const resolution = Object.freeze({ value: null, ...named, reason, flagMetadata });
    return { resolution, kind: 'default', cacheable, trackEvents };
  }
  const value = freezeDeeply(shallowEnough(answer['value']));
  const resolution = Object.freeze({ value, ...named, reason, flagMetadata });
  return { resolution, kind: kindOf(value), cacheable, trackEvents };
}

/** Values that nobody could copy or compare without running out of stack are refused. */
function shallowEnough(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST_VALUE; depth++) {
    level = level.flatMap((inner) => Object.values(inner as object)).filter((inner) => typeof inner === 'object');
    level = level.filter((inner) => inner !== null);
    if (level.length === 0) return value;
  }
  throw invalidAnswer(`value: nested deeper than ${DEEPEST_VALUE} levels`);
}
