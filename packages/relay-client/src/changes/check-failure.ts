import type { HalyardError } from '@halyard/core';

/** What a failed hash check says about the relay. */
export type CheckFailure =
  /** It refuses the key. */
  | 'denied'
  /** It has no hashes: it is older than 1.12, or a gateway lets only some paths pass. */
  | 'absent'
  /** It asks to be left alone. */
  | 'limited'
  | 'unreachable';

/** Which of them an error of the relay client stands for. */
export function checkFailureOf({ code, details }: HalyardError): CheckFailure {
  if (code === 'AUTHENTICATION_FAILED') return 'denied';
  if (code === 'RATE_LIMITED') return 'limited';
  const { status } = details;
  return status === 404 || status === 405 || status === 501 ? 'absent' : 'unreachable';
}
