import type { EvaluationContext, Outcome } from '@halyard/core';
import { inBulk, outcomeOfEntry } from './bulk-entry.ts';
import { metadataBeside } from './goff-evaluation.ts';
import { booleanField, field, invalidAnswer, objectField, objectFrom } from './json-answer.ts';
import type { GoffContext } from './relay-context.ts';
import { goffContextOf } from './relay-context.ts';

/** What `POST /v1/allflags` is asked (goff-relay-protocol §3.2). */
export interface GoffBulkRequest {
  readonly evaluationContext: GoffContext;
}

/** The answer about one of the flags. */
export interface GoffBulkFlag {
  readonly value: unknown;
  /** In seconds since 1970. */
  readonly timestamp: number;
  readonly variationType: string;
  readonly trackEvents: boolean;
  readonly errorCode: string;
  readonly reason: string;
  readonly errorDetails?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What it answers. */
export interface GoffBulk {
  /** Absent where there are no flags. */
  readonly flags?: Readonly<Record<string, GoffBulkFlag>>;
  /** Whether no flag is in error. */
  readonly valid: boolean;
}

/** The body that asks for all flags, or for those that `gofeatureflag.flagList` of the context names. */
export function encodeGoffBulkRequest(context: EvaluationContext): string {
  const request: GoffBulkRequest = { evaluationContext: goffContextOf(context) };
  return JSON.stringify(request);
}

/**
 * The outcomes that a text answered by `/v1/allflags` stands for. A flag whose answer has a wrong type is a
 * PARSE_ERROR; the others stay. None is `cacheable`: bulk answers do not tell.
 *
 * @throws HalyardError `RESPONSE_INVALID` if the answer as a whole is none
 */
export function decodeGoffBulk(text: string): Map<string, Outcome> {
  const answer = objectFrom(text);
  const flags = objectField(answer, 'flags');
  // zero flags are left out, but then somebody else's object must not pass for "no flags"
  if (flags === undefined && typeof field(answer, 'valid') !== 'boolean') {
    throw invalidAnswer('found neither flags nor valid, expected the answers of all flags');
  }
  return new Map(Object.entries(flags ?? {}).map(([key, entry]) => [key, outcomeOfFlag(key, entry)]));
}

function outcomeOfFlag(flagKey: string, entry: unknown): Outcome {
  return outcomeOfEntry(flagKey, entry, (flag) => ({
    variantName: 'variationType',
    cacheable: false,
    trackEvents: booleanField(flag, 'trackEvents') ?? true,
    valueIsOptional: false,
  }));
}

/**
 * The answer that tells of many outcomes.
 *
 * @param timestamp in seconds since 1970
 */
export function goffBulkOf(outcomes: Iterable<readonly [string, Outcome]>, timestamp: number): GoffBulk {
  const flags = Array.from(outcomes, ([key, outcome]) => [key, goffBulkFlagOf(outcome, timestamp)] as const);
  const valid = flags.every(([, { errorCode }]) => errorCode === '');
  return flags.length === 0 ? { valid } : { flags: Object.fromEntries(flags), valid };
}

function goffBulkFlagOf(outcome: Outcome, timestamp: number): GoffBulkFlag {
  const { value, variant = '', reason, errorCode = '', errorMessage, flagMetadata } = inBulk(outcome);
  return {
    value,
    timestamp,
    variationType: variant,
    trackEvents: outcome.trackEvents,
    errorCode,
    reason,
    ...(errorMessage ? { errorDetails: errorMessage } : {}),
    ...metadataBeside('', flagMetadata),
  };
}
