/** The kinds of value a caller can ask for, named as in OpenFeature. `object` includes arrays. */
export type FlagKind = 'boolean' | 'string' | 'number' | 'object';

/** What a caller asks for: a kind, or `any` where no kind is asked for. */
export type AskedKind = FlagKind | 'any';

/** OpenFeature's error codes. */
export type OpenFeatureErrorCode =
  | 'PROVIDER_NOT_READY'
  | 'PROVIDER_FATAL'
  | 'FLAG_NOT_FOUND'
  | 'PARSE_ERROR'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'GENERAL';

/** Facts about a flag that go with its answer. */
export type FlagMetadata = Readonly<Record<string, string | number | boolean>>;

/** The answer to an evaluation. Frozen, object values deeply so. */
export interface Resolution<T = unknown> {
  /** The value to use: the flag's, or the caller's default. */
  readonly value: T;
  /** The name of the variation; `SdkDefault` where a GO Feature Flag definition led to the caller's default. */
  readonly variant?: string;
  /** Why: OpenFeature's reasons, plus `TARGETING_MATCH_SPLIT`. */
  readonly reason: string;
  readonly errorCode?: OpenFeatureErrorCode;
  readonly errorMessage?: string;
  /** The flag's metadata, `version` and `evaluatedRuleName` included; `{}` if there is none. */
  readonly flagMetadata: FlagMetadata;
}

export const noMetadata: FlagMetadata = Object.freeze({});
