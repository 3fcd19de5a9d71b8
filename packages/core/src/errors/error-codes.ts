import type { OpenFeatureErrorCode } from '../resolution/resolution.ts';

/** Everything that can go wrong, by name. Closed: a new cause is a new entry here. */
export type HalyardErrorCode =
  | 'CONFIG_INVALID'
  | 'SOURCE_INVALID'
  | 'SOURCE_UNAVAILABLE'
  | 'CONTEXT_INVALID'
  | 'AUTHENTICATION_FAILED'
  | 'NETWORK_FAILED'
  | 'RATE_LIMITED'
  | 'RESPONSE_INVALID'
  | 'TIMED_OUT'
  | 'CLOSED';

const openFeatureCodes: Readonly<Record<HalyardErrorCode, OpenFeatureErrorCode>> = {
  CONFIG_INVALID: 'PROVIDER_FATAL',
  SOURCE_INVALID: 'PARSE_ERROR',
  SOURCE_UNAVAILABLE: 'GENERAL',
  CONTEXT_INVALID: 'INVALID_CONTEXT',
  AUTHENTICATION_FAILED: 'GENERAL',
  NETWORK_FAILED: 'GENERAL',
  RATE_LIMITED: 'GENERAL',
  RESPONSE_INVALID: 'PARSE_ERROR',
  TIMED_OUT: 'GENERAL',
  CLOSED: 'PROVIDER_NOT_READY',
};

/** The OpenFeature error code that stands for a Halyard error code. */
export function openFeatureCodeOf(code: HalyardErrorCode): OpenFeatureErrorCode {
  return openFeatureCodes[code];
}
