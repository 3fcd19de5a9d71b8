import type { EvaluationContext, Resolution } from '@halyard/core';
import type { FeatureEvent, TrackingEvent } from '@halyard/relay-client';

/** One entry of the usage data. */
export type UsageEvent = FeatureEvent | TrackingEvent;

/** Who stands in an event that has no targeting key (goff-relay-protocol §3.5). */
const NOBODY = 'undefined-targetingKey';
const DEFAULT_VARIATION = 'SdkDefault';

type Subject = Pick<FeatureEvent, 'contextKind' | 'userKey'>;

function subjectOf(context: EvaluationContext): Subject {
  const key: unknown = context.targetingKey;
  return {
    contextKind: context['anonymous'] === true ? 'anonymousUser' : 'user',
    userKey: typeof key === 'string' && key !== '' ? key : NOBODY,
  };
}

/** What is told of an evaluation. Of the context: its targeting key, and whether it is anonymous. */
export interface Evaluated {
  readonly flagKey: string;
  readonly context: EvaluationContext;
  readonly resolution: Resolution;
  /** Who decided, as in `PROVIDER_CACHE`, `INPROCESS`. */
  readonly source: string;
}

/** @param now in milliseconds since 1970 */
export function evaluationEvent({ flagKey, context, resolution, source }: Evaluated, now: number): FeatureEvent {
  const { value, variant, errorCode, flagMetadata } = resolution;
  const version = flagMetadata['version'];
  const { contextKind, userKey } = subjectOf(context);
  const event = {
    kind: 'feature',
    contextKind,
    userKey,
    creationDate: Math.floor(now / 1_000),
    key: flagKey,
    variation: errorCode === undefined ? (variant ?? DEFAULT_VARIATION) : DEFAULT_VARIATION,
    value,
    default: errorCode !== undefined,
    source,
  } as const;
  return typeof version === 'string' ? { ...event, version } : event;
}

/** What is told of a tracking call. */
export interface Tracked {
  readonly eventName: string;
  readonly context: EvaluationContext;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The largest tracking event, in UTF-16 units of its JSON text. */
const LARGEST_TRACKING_EVENT = 64 * 1024;

/**
 * @param now in milliseconds since 1970
 * @param attributes the attributes of the context that are told; all if undefined
 * @returns undefined if context and details are too large, or cannot be written as JSON
 */
export function trackingEvent(
  { eventName, context, details }: Tracked,
  now: number,
  attributes: readonly string[] | undefined,
): TrackingEvent | undefined {
  try {
    const told = attributes === undefined ? context : chosen(context, attributes);
    const text = JSON.stringify({ evaluationContext: told, trackingEventDetails: details });
    if (text.length > LARGEST_TRACKING_EVENT) return undefined;
    const copy = JSON.parse(text) as Pick<TrackingEvent, 'evaluationContext' | 'trackingEventDetails'>;
    const creationDate = Math.floor(now / 1_000);
    return { kind: 'tracking', ...subjectOf(context), creationDate, key: eventName, ...copy };
  } catch {
    return undefined;
  }
}

function chosen(context: EvaluationContext, attributes: readonly string[]): Record<string, unknown> {
  const names = ['targetingKey', ...attributes].filter((name) => Object.hasOwn(context, name));
  return Object.fromEntries(names.map((name) => [name, context[name]]));
}
