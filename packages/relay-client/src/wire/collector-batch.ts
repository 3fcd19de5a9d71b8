import { HalyardError } from '@halyard/core';
import { countField, objectFrom } from './json-answer.ts';

/** One evaluation, for `POST /v1/data/collector` (goff-relay-protocol §3.5). The relay drops events with wrong types. */
export interface FeatureEvent {
  readonly kind: 'feature';
  readonly contextKind: 'user' | 'anonymousUser';
  /** The targeting key; `undefined-targetingKey` where there is none. */
  readonly userKey: string;
  /** In whole seconds since 1970. */
  readonly creationDate: number;
  /** The flag key. */
  readonly key: string;
  /** `SdkDefault` on error, or where it is unknown. */
  readonly variation: string;
  readonly value: unknown;
  /** Whether the caller's default was served because of an error; not the default itself. */
  readonly default: boolean;
  readonly version?: string;
  /** `PROVIDER_CACHE` if absent; `SERVER` is the relay's own. */
  readonly source?: string;
}

/** One tracking call, likewise. */
export interface TrackingEvent {
  readonly kind: 'tracking';
  readonly contextKind: 'user' | 'anonymousUser';
  readonly userKey: string;
  /** In whole seconds since 1970. */
  readonly creationDate: number;
  /** The name of the event. */
  readonly key: string;
  /** The whole context, targeting key included. */
  readonly evaluationContext: Readonly<Record<string, unknown>>;
  /** OpenFeature's tracking details, `value` included. */
  readonly trackingEventDetails: Readonly<Record<string, unknown>>;
}

/** What is sent at once. */
export interface CollectorBatch {
  /** Replaces the metadata of every feature event of the batch. */
  readonly meta: Readonly<Record<string, string | number | boolean>>;
  readonly events: readonly (FeatureEvent | TrackingEvent)[];
}

/** What the collector answers: how many events it was sent, those it drops included. */
export interface CollectorAnswer {
  readonly ingestedContentCount: number;
}

/** @throws HalyardError `CONTEXT_INVALID` if a value cannot be written as JSON */
export function encodeCollectorBatch({ meta, events }: CollectorBatch): string {
  try {
    return JSON.stringify({ meta, events });
  } catch {
    // the writer's own message names attributes
    throw new HalyardError('CONTEXT_INVALID', 'the events hold a value that cannot be written as JSON');
  }
}

/** @throws HalyardError `RESPONSE_INVALID` if it is not the collector who answered */
export function decodeCollectorAnswer(text: string): CollectorAnswer {
  return { ingestedContentCount: countField(objectFrom(text), 'ingestedContentCount') };
}

/**
 * Makes sure that a text answered with a status of success may come from a collector: gateways answer in words of their
 * own, or in none, but a page for people is a login, not a collector.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function checkCollectorAnswer(text: string): void {
  if (text.trimStart().startsWith('<')) throw new HalyardError('RESPONSE_INVALID', 'the answer is a page for people');
}
