import type { EvaluationContext, FlagMetadata, Outcome } from '@halyard/core';
import { outcomeFrom } from './flag-answer.ts';
import { booleanField, objectFrom, textField } from './json-answer.ts';
import type { GoffContext } from './relay-context.ts';
import { goffContextOf } from './relay-context.ts';

/** What `POST /v1/feature/{key}/eval` is asked (goff-relay-protocol §3.1). */
export interface GoffEvaluationRequest {
  readonly evaluationContext: GoffContext;
  /** Comes back as the value where the caller's default is to be served. */
  readonly defaultValue: unknown;
}

/** What it answers, for errors too. */
export interface GoffEvaluation {
  readonly trackEvents: boolean;
  readonly variationType: string;
  readonly failed: boolean;
  /** `""` if the flag has none. */
  readonly version: string;
  readonly reason: string;
  /** `""` if there is no error. */
  readonly errorCode: string;
  readonly errorDetails?: string;
  readonly value: unknown;
  readonly cacheable: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The body that asks for one flag; the caller's default stays here, so that one answer serves all callers. */
export function encodeGoffEvaluationRequest(context: EvaluationContext): string {
  const request: GoffEvaluationRequest = { evaluationContext: goffContextOf(context), defaultValue: null };
  return JSON.stringify(request);
}

/**
 * The outcome that a text answered by `/v1/feature/{key}/eval` stands for.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function decodeGoffEvaluation(flagKey: string, text: string): Outcome {
  const answer = objectFrom(text);
  return outcomeFrom(flagKey, answer, {
    variantName: 'variationType',
    version: textField(answer, 'version'),
    cacheable: booleanField(answer, 'cacheable') ?? false,
    trackEvents: booleanField(answer, 'trackEvents') ?? true,
    valueIsOptional: false,
  });
}

/** The metadata of an answer, without the version where that has a place of its own. */
export function metadataBeside(version: string, metadata: FlagMetadata): { metadata?: FlagMetadata } {
  const entries = Object.entries(metadata).filter(([name, value]) => name !== 'version' || value !== version);
  return entries.length === 0 ? {} : { metadata: Object.fromEntries(entries) };
}

/** The answer that tells of an outcome; `version` is the flag's own, `""` by default. */
export function goffEvaluationOf(
  { resolution, kind, cacheable, trackEvents }: Outcome,
  defaultValue: unknown,
  version: string = '',
): GoffEvaluation {
  const { value, variant = '', reason, errorCode = '', errorMessage, flagMetadata } = resolution;
  return {
    trackEvents,
    variationType: variant,
    failed: errorCode !== '',
    version,
    reason,
    errorCode,
    ...(errorMessage ? { errorDetails: errorMessage } : {}),
    value: kind === 'default' ? defaultValue : value,
    cacheable,
    ...metadataBeside(version, flagMetadata),
  };
}
