import type { JsonObject } from './json-answer.ts';
import { invalidAnswer, objectField, objectFrom } from './json-answer.ts';

/** What `POST /v1/flag/configuration` is asked (goff-relay-protocol §3.3). */
export interface FlagConfigurationRequest {
  /** Which flags; all if empty or absent. */
  readonly flags?: readonly string[];
}

/** What it answers. */
export interface FlagConfigurationAnswer {
  /** Flag key → definition. Absent where there are no flags. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly evaluationContextEnrichment?: Readonly<Record<string, unknown>>;
}

/** The definitions of flags, for evaluation in process. */
export interface FlagConfiguration {
  /** The relay's name for this state of the flags, to ask with the next time. */
  readonly etag?: string;
  /** Flag key → definition, as the relay has it. Whoever uses them checks them. Read own properties only. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Attributes that the relay merges over every context. */
  readonly evaluationContextEnrichment: Readonly<Record<string, unknown>>;
  /** The answer as it came. */
  readonly text: string;
}

const known = ['flags', 'evaluationContextEnrichment'];

export function encodeFlagConfigurationRequest(flags: readonly string[] = []): string {
  const request: FlagConfigurationRequest = flags.length === 0 ? {} : { flags };
  return JSON.stringify(request);
}

/**
 * The definitions in a text answered by `/v1/flag/configuration`. `{}` is an installation without flags; an object
 * that has other properties only is none.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function decodeFlagConfiguration(text: string): FlagConfiguration {
  const answer: JsonObject = objectFrom(text);
  const flags = objectField(answer, 'flags');
  const enrichment = objectField(answer, 'evaluationContextEnrichment');
  if (flags === undefined && !Object.keys(answer).every((name) => known.includes(name))) {
    throw invalidAnswer('flags: found nothing, expected the definitions of the flags');
  }
  return { flags: flags ?? {}, evaluationContextEnrichment: enrichment ?? {}, text };
}
