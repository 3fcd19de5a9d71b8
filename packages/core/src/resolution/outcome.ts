import type { AskedKind, FlagKind, FlagMetadata, OpenFeatureErrorCode, Resolution } from './resolution.ts';
import { noMetadata } from './resolution.ts';

/** The variation name that stands for the caller's default (goff-evaluation §9.3). */
const DEFAULT_VARIATION = 'SdkDefault';

/**
 * What evaluating a flag came to, before anybody's default value or kind is known. Made once per possible answer of
 * a flag and shared by all evaluations.
 */
export interface Outcome {
  /** The answer as it is; its value is null where the caller's default is served. */
  readonly resolution: Resolution;
  /** The kind of the value; `default` where the caller's default is served, `null` for a value of null. */
  readonly kind: FlagKind | 'null' | 'default';
  /** Whether the same question has the same answer until the definition changes (goff-evaluation §9.2). */
  readonly cacheable: boolean;
  /** Whether usage data should tell of it: not if the flag says `trackEvents: false`, nor if a backend counted it. */
  readonly trackEvents: boolean;
  /** The same answer as a value of another kind, for flags that answer two kinds of request. */
  readonly other?: Outcome;
}

/** The kind of a flag value or of a default value. */
export function kindOf(value: unknown): FlagKind | 'null' {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    default:
      return value === null || value === undefined ? 'null' : 'object';
  }
}

/** The caller's default, served without an error. */
export function defaultOutcome(reason: string, flagMetadata: FlagMetadata, cacheable: boolean): Outcome {
  const resolution = Object.freeze({ value: null, variant: DEFAULT_VARIATION, reason, flagMetadata });
  return { resolution, kind: 'default', cacheable, trackEvents: true };
}

/** An error: the caller's default with reason ERROR. */
export function errorOutcome(
  errorCode: OpenFeatureErrorCode,
  errorMessage: string,
  flagMetadata: FlagMetadata = noMetadata,
): Outcome {
  const answer = { value: null, variant: DEFAULT_VARIATION, reason: 'ERROR', errorCode, errorMessage, flagMetadata };
  return { resolution: Object.freeze(answer), kind: 'default', cacheable: false, trackEvents: true };
}

/** The answer for a caller who gave `defaultValue`, whose kind is the kind asked for; null asks for none. */
export function resolutionForDefault<T>(outcome: Outcome, defaultValue: T): Resolution<T> {
  // the kinds are named as typeof names them; only for null it says object
  if (typeof defaultValue === outcome.kind && defaultValue !== null) return outcome.resolution as Resolution<T>;
  const kind = kindOf(defaultValue);
  return resolutionFor(outcome, kind === 'null' ? 'any' : kind, defaultValue) as Resolution<T>;
}

/** The answer for a caller who asked for `kind` and gave `defaultValue`. */
export function resolutionFor(outcome: Outcome, kind: AskedKind, defaultValue: unknown): Resolution {
  if (outcome.kind === kind) return outcome.resolution;
  if (outcome.kind === 'default') return Object.freeze({ ...outcome.resolution, value: defaultValue });
  if (kind === 'any') return outcome.resolution;
  if (outcome.other?.kind === kind) return outcome.other.resolution;
  const found = outcome.kind === 'object' ? 'an object' : outcome.kind === 'null' ? 'null' : `a ${outcome.kind}`;
  const message = `the flag's value is ${found}, not ${kind === 'object' ? 'an object' : `a ${kind}`}`;
  const mismatch = errorOutcome('TYPE_MISMATCH', message, outcome.resolution.flagMetadata);
  return Object.freeze({ ...mismatch.resolution, value: defaultValue });
}
