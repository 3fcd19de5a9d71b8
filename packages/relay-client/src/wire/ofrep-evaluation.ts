import type { EvaluationContext, Outcome } from '@halyard/core';
import { flagNotFound, outcomeFrom, reportedError } from './flag-answer.ts';
import { CACHEABLE } from './flag-metadata.ts';
import { metadataBeside } from './goff-evaluation.ts';
import type { JsonObject } from './json-answer.ts';
import { field, objectField, objectFrom } from './json-answer.ts';

/** What both OFREP endpoints are asked (goff-relay-protocol §4). */
export interface OfrepRequest {
  readonly context: EvaluationContext;
}

/** What `POST /ofrep/v1/evaluate/flags/{key}` answers with status 200. */
export interface OfrepEvaluation {
  readonly key: string;
  /** null or absent where the caller's default is to be served. */
  readonly value?: unknown;
  readonly reason: string;
  readonly variant: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What it answers with status 400 or 404. */
export interface OfrepError {
  readonly errorCode: string;
  readonly errorDetails?: string;
  readonly key?: string;
}

/** The body of a request for one flag or for all of them. A targeting key that is no text counts as none. */
export function encodeOfrepRequest(context: EvaluationContext): string {
  const { targetingKey, ...attributes } = context;
  const request: OfrepRequest = { context: typeof targetingKey === 'string' ? context : attributes };
  return JSON.stringify(request);
}

/**
 * The outcome that a text answered with status 200 stands for.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function decodeOfrepEvaluation(flagKey: string, text: string): Outcome {
  const answer = objectFrom(text);
  const metadata = objectField(answer, 'metadata');
  return outcomeFrom(flagKey, answer, {
    variantName: 'variant',
    cacheable: metadata !== undefined && field(metadata, CACHEABLE) === true,
    trackEvents: true,
    valueIsOptional: true,
  });
}

/**
 * The outcome that a text answered with status 400 or 404 stands for.
 *
 * @returns undefined if it is no OFREP error: then the request failed, and not the evaluation
 */
export function decodeOfrepError(flagKey: string, text: string): Outcome | undefined {
  let answer: JsonObject;
  try {
    answer = objectFrom(text);
    if (typeof field(answer, 'errorCode') !== 'string' || field(answer, 'errorCode') === '') return undefined;
    return field(answer, 'errorCode') === 'FLAG_NOT_FOUND' ? flagNotFound(flagKey) : reportedError(flagKey, answer);
  } catch {
    return undefined;
  }
}

/** The answer that tells of an outcome without an error. */
export function ofrepEvaluationOf(key: string, { resolution, kind, cacheable }: Outcome): OfrepEvaluation {
  const { value, reason, variant = '', flagMetadata } = resolution;
  const metadata = { ...flagMetadata, ...(cacheable ? { [CACHEABLE]: true } : {}) };
  return { key, value: kind === 'default' ? null : value, reason, variant, ...metadataBeside('', metadata) };
}

/** The answer that tells of an outcome with an error; the relay's own details say no more than this. */
export function ofrepErrorOf(key: string, { resolution }: Outcome): OfrepError {
  const { errorCode = 'GENERAL' } = resolution;
  return { errorCode, errorDetails: `Error while evaluating the flag: ${key}`, key };
}
