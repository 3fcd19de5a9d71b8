import type { Outcome } from '@halyard/core';
import type { GoffBulkFlag, GoffEvaluation, OfrepBulkFlag, OfrepError, OfrepEvaluation } from '@halyard/relay-client';
import type { Fields } from '../json/write-json.ts';
import { fields } from '../json/write-json.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** What all answers about a flag repeat of its definition. */
export interface FlagFacts {
  readonly version: string;
  readonly metadata: Metadata | undefined;
  readonly trackEvents: boolean;
}

/** An evaluation as the relay sees it, before it is put into one of its forms. */
export interface FlagAnswer {
  readonly value: unknown;
  readonly variation: string;
  readonly reason: string;
  /** `''` if there is no error. */
  readonly errorCode: string;
  readonly errorDetails: string;
  readonly version: string;
  readonly metadata: Metadata | undefined;
  readonly cacheable: boolean;
  readonly trackEvents: boolean;
}

/** Nobody's flag: counted as usage like any other. */
const noFacts: FlagFacts = { version: '', metadata: undefined, trackEvents: true };

/** The answer about a flag that is not there, or was refused. */
export function unknownFlagAnswer(defaultValue: unknown): FlagAnswer {
  return {
    ...noFacts,
    value: defaultValue,
    variation: 'SdkDefault',
    reason: 'ERROR',
    errorCode: 'FLAG_NOT_FOUND',
    errorDetails: '',
    cacheable: false,
  };
}

/** The answer about a flag, for a caller who gave `defaultValue`. */
export function flagAnswer(
  { resolution, kind, cacheable }: Outcome,
  facts: FlagFacts,
  defaultValue: unknown,
): FlagAnswer {
  const { value, variant = '', reason, errorCode, errorMessage = '', flagMetadata } = resolution;
  const ruleName = reason.startsWith('TARGETING_MATCH') ? flagMetadata['evaluatedRuleName'] : undefined;
  const metadata = ruleName === undefined ? facts.metadata : { ...facts.metadata, evaluatedRuleName: ruleName };
  return {
    ...facts,
    value: kind === 'default' ? defaultValue : value,
    variation: variant,
    reason,
    errorCode: errorCode === undefined ? '' : relayCodeOf(errorCode),
    errorDetails: errorMessage,
    metadata: metadata !== undefined && Object.keys(metadata).length > 0 ? metadata : undefined,
    cacheable,
  };
}

/** The relay has a code of its own for faults of the definition (goff-evaluation §9.4); OpenFeature knows it not. */
function relayCodeOf(errorCode: string): string {
  return errorCode === 'GENERAL' ? 'FLAG_CONFIG' : errorCode;
}

/** As `/v1/feature/…/eval` answers (goff-relay-protocol §3.1). */
export function goffEvaluation(answer: FlagAnswer): Fields {
  return fields<GoffEvaluation>({
    trackEvents: answer.trackEvents,
    variationType: answer.variation,
    failed: answer.errorCode !== '',
    version: answer.version,
    reason: answer.reason,
    errorCode: answer.errorCode,
    errorDetails: answer.errorDetails || undefined,
    value: answer.value,
    cacheable: answer.cacheable,
    metadata: answer.metadata,
  });
}

/** As one entry of `/v1/allflags` (§3.2). */
export function goffBulkEntry(answer: FlagAnswer, timestamp: number): Fields {
  const { value, variation, errorCode, errorDetails, reason } = inBulk(answer);
  return fields<GoffBulkFlag>({
    value,
    timestamp,
    variationType: variation,
    trackEvents: answer.trackEvents,
    errorCode,
    errorDetails: errorDetails || undefined,
    reason,
    metadata: answer.metadata,
  });
}

/** As `/ofrep/v1/evaluate/flags/…` answers, with status 200 (§4.1). */
export function ofrepEvaluation(key: string, answer: FlagAnswer): Fields {
  const { value, reason, variation, cacheable } = answer;
  const metadata = cacheable ? { ...answer.metadata, gofeatureflag_cacheable: true } : answer.metadata;
  return fields<OfrepEvaluation>({ key, value, reason, variant: variation, metadata });
}

/** As one entry of `/ofrep/v1/evaluate/flags` (§4.2). */
export function ofrepBulkEntry(key: string, answer: FlagAnswer): Fields {
  const { value, reason, variation, errorCode, errorDetails } = inBulk(answer);
  return fields<OfrepBulkFlag>({
    key,
    value,
    reason,
    variant: variation,
    metadata: answer.metadata,
    errorCode: errorCode || undefined,
    errorDetails: errorDetails || undefined,
  });
}

/** An OFREP error; without a key for those that are about no flag. */
export function ofrepError(errorCode: string, errorDetails: string, key?: string): Fields {
  return fields<OfrepError>({ errorCode, errorDetails: errorDetails || undefined, key });
}

/** Whether the bulk answers would call an answer an error: null is no value there (§3.2). */
export function isErrorInBulk({ errorCode, reason, value }: FlagAnswer): boolean {
  return errorCode !== '' || (reason !== 'DISABLED' && value === null);
}

/** An answer in the words of bulk evaluation: no variation for defaults and errors. */
function inBulk(answer: FlagAnswer): FlagAnswer {
  if (answer.reason === 'DISABLED' || answer.errorCode !== '') return { ...answer, value: null, variation: '' };
  if (answer.value !== null) return answer;
  return { ...answer, variation: 'SdkDefault', reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
}
