import type { Outcome } from '@halyard/core';

/** What a relay answered, as the several callers of one question see it. */
export interface RelayAnswer {
  /** For the one whose question it was: the relay has counted it. */
  readonly asked: Outcome;
  /** For those who shared the call: the relay does not know of them. */
  readonly shared: Outcome;
  /** For later ones. */
  readonly cached: Outcome;
}

function withReason(outcome: Outcome, reason: string): Outcome {
  return { ...outcome, resolution: Object.freeze({ ...outcome.resolution, reason }) };
}

/** @param outcome as the relay gave it */
export function relayAnswer(outcome: Outcome): RelayAnswer {
  const cached = outcome.cacheable ? withReason(outcome, 'CACHED') : outcome;
  return { asked: { ...outcome, trackEvents: false }, shared: outcome, cached };
}

/** An answer that is no longer fresh, for when no better can be had. */
export function staleOutcome({ shared }: RelayAnswer): Outcome {
  return withReason(shared, 'STALE');
}
