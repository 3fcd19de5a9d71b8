import type { EvaluationContext, Outcome } from '@halyard/core';
import { checkContext, ContextFault, describeValue, errorOutcome, wellFormed } from '@halyard/core';
import { flagNotFound } from '../wire/flag-answer.ts';
import { flagKeyPath } from '../wire/flag-key-path.ts';
import { encodeGoffBulkRequest } from '../wire/goff-bulk.ts';
import { encodeGoffEvaluationRequest } from '../wire/goff-evaluation.ts';
import { encodeOfrepRequest } from '../wire/ofrep-evaluation.ts';
import type { RelayProtocol } from '../wire/relay-paths.ts';
import { relayPaths } from '../wire/relay-paths.ts';
import type { RelayRequest } from './relay-request.ts';

/** OFREP came with this version of the relay. */
const OFREP_SINCE = '1.24';
/** Under these an OFREP answer tells of an error of the flag. */
const OFREP_ERRORS: readonly number[] = [400, 404];

/** The protocol that can ask for a flag: keys with a slash fit into paths of OFREP only (goff-relay-protocol §1.5). */
export function protocolFor(flagKey: string, preferred: RelayProtocol): RelayProtocol {
  return flagKey.includes('/') ? 'ofrep' : preferred;
}

/**
 * The request for one flag.
 *
 * @returns the outcome instead, where there is nothing to ask for
 */
export function evaluationRequest(
  flagKey: string,
  protocol: RelayProtocol,
  context: EvaluationContext,
): RelayRequest | Outcome {
  const path = flagKeyPath(flagKey, protocol);
  if (path === undefined) return unaddressable(flagKey);
  const body = written(context, protocol === 'goff' ? encodeGoffEvaluationRequest : encodeOfrepRequest);
  if (body instanceof ContextFault) return errorOutcome('INVALID_CONTEXT', body.message);
  // this is on the way of every evaluation, where literals cost nothing and spreading does
  if (protocol === 'goff') return { method: 'POST', path, body, isRead: true, isEvaluation: true };
  const alsoAnsweredBy = OFREP_ERRORS;
  return { method: 'POST', path, body, isRead: true, isEvaluation: true, since: OFREP_SINCE, alsoAnsweredBy };
}

/** The request for all flags, or for those that the context lists. */
export function bulkRequest(protocol: RelayProtocol, context: EvaluationContext): RelayRequest | ContextFault {
  const body = written(context, protocol === 'goff' ? encodeGoffBulkRequest : encodeOfrepRequest);
  if (body instanceof ContextFault) return body;
  const { goffBulk, ofrepBulk } = relayPaths;
  if (protocol === 'goff') return { method: 'POST', path: goffBulk, body, isRead: true, isEvaluation: true };
  return { method: 'POST', path: ofrepBulk, body, isRead: true, isEvaluation: true, since: OFREP_SINCE };
}

/** Flags without a name, or with one that UTF-8 cannot hold, do not exist; two names exist but fit into no URL. */
function unaddressable(flagKey: string): Outcome {
  if (flagKey === '' || wellFormed(flagKey) !== flagKey) return flagNotFound(flagKey);
  const why = 'URLs cannot hold . and .. between slashes; only requests for all flags answer for it';
  return errorOutcome('GENERAL', `flag ${describeValue(flagKey)} cannot be asked for: ${why}`);
}

/** The context in a body. Checked contexts always can be written; for others the check finds the words. */
function written(context: EvaluationContext, encode: (context: EvaluationContext) => string): string | ContextFault {
  try {
    return encode(context);
  } catch {
    const checked = checkContext(context);
    return checked instanceof ContextFault ? checked : new ContextFault('the context cannot be written as JSON');
  }
}
