import { isHalyardError, messageOf } from '@halyard/core';
import type { RelayClient } from '@halyard/relay-client';
import type { ExportResult, UsageExporter } from '../ports/usage-exporter.ts';

/** A key that is refused may be mended; there is no hurry to find out. In milliseconds. */
const AFTER_REFUSED_KEY_MS = 60_000;

/** An exporter to a relay's collector, over a client that somebody else closes. */
export function exporterOver(clientOf: () => Pick<RelayClient, 'collect'>): UsageExporter {
  return {
    async export(batch, signal) {
      try {
        await clientOf().collect(batch, signal);
        return { status: 'accepted' };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

/**
 * What a failure means for the batch. The relay cannot tell repetitions, so a batch is sent again only if it most likely
 * did not arrive; after a time-out it may arrive twice.
 */
function resultOf(error: unknown): ExportResult {
  const why = messageOf(error);
  if (!isHalyardError(error)) return { status: 'retry', why };
  const { status, retryAfterMs } = error.details;
  switch (error.code) {
    case 'AUTHENTICATION_FAILED':
      return { status: 'retry', why, afterMs: AFTER_REFUSED_KEY_MS };
    case 'RATE_LIMITED':
      return { status: 'retry', why, ...(typeof retryAfterMs === 'number' && { afterMs: retryAfterMs }) };
    case 'CONTEXT_INVALID':
      return { status: 'split', why };
    case 'RESPONSE_INVALID':
      if (status === undefined) return { status: 'retry', why };
      return { status: status === 400 || status === 413 ? 'split' : 'dropped', why };
    default:
      return { status: 'retry', why };
  }
}
