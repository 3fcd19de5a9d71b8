import type { ExportedEvent, ExportedFeatureEvent, ExportedTrackingEvent } from '../ports/event-exporter.ts';
import { fieldNameOf } from '../json/shape.ts';
import type { RecordShape } from '../json/shape.ts';
import type { SentEvent } from './collector-request.ts';

/** Later dates are taken for milliseconds (goff-relay-protocol §3.5). */
const LATEST_SECONDS = 9_999_999_999;

const text = { path: '', shape: { kind: 'text' } } as const;
const anything = { path: '', shape: { kind: 'any' } } as const;
const attributes = { path: '', shape: { kind: 'attributes' } } as const;

const common = { kind: text, contextKind: text, userKey: text, creationDate: anything, key: text };

const featureShape: RecordShape = {
  kind: 'record',
  goType: 'exporter.FeatureEvent',
  fields: {
    ...common,
    variation: text,
    value: anything,
    default: { path: '', shape: { kind: 'switch' } },
    version: text,
    source: text,
    metadata: attributes,
  },
};

const trackingShape: RecordShape = {
  kind: 'record',
  goType: 'exporter.TrackingEvent',
  fields: { ...common, evaluationContext: attributes, trackingEventDetails: attributes },
};

/** Beyond this, Go's integers overflow. */
const LARGEST_INTEGER = 2 ** 63;

/** Whole seconds: a fraction is cut. undefined for what is no date at all; absent is 0. */
function secondsOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0;
  if (typeof value !== 'number' || Math.abs(value) >= LARGEST_INTEGER) return undefined;
  const whole = Math.trunc(value);
  return whole > LATEST_SECONDS ? Number(String(BigInt(whole)).slice(0, 10)) : whole + 0;
}

/**
 * The known properties of an event by their right names, which count before those in another case; undefined if one
 * has a wrong type.
 */
function readEvent(sent: SentEvent, shape: RecordShape): Record<string, unknown> | undefined {
  const event: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(sent)) {
    const name = fieldNameOf(shape, given);
    const isOvershadowed = name !== given && name !== undefined && Object.hasOwn(sent, name);
    if (name === undefined || value === null || isOvershadowed) continue;
    if (!fits(value, shape.fields[name]?.shape.kind)) return undefined;
    event[name] = value;
  }
  const creationDate = secondsOf(event['creationDate']);
  return creationDate === undefined ? undefined : { ...event, creationDate };
}

function fits(value: unknown, kind: string | undefined): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'switch':
      return typeof value === 'boolean';
    case 'attributes':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return true;
  }
}

/**
 * An event that was sent to the collector as the relay exports it; undefined for one that it drops (§3.5).
 *
 * @param meta replaces the metadata of evaluations
 */
export function collectedEvent(sent: SentEvent, meta: SentEvent | undefined): ExportedEvent | undefined {
  const isTracking = Object.hasOwn(sent, 'kind') && sent['kind'] === 'tracking';
  return isTracking ? trackingEvent(sent) : featureEvent(sent, meta);
}

function featureEvent(sent: SentEvent, meta: SentEvent | undefined): ExportedFeatureEvent | undefined {
  const event = readEvent(sent, featureShape) as Partial<ExportedFeatureEvent> | undefined;
  if (event === undefined) return undefined;
  const metadata = meta ?? event.metadata;
  return {
    kind: event.kind ?? '',
    ...(event.contextKind && { contextKind: event.contextKind }),
    userKey: event.userKey ?? '',
    creationDate: event.creationDate ?? 0,
    key: event.key ?? '',
    variation: event.variation ?? '',
    value: event.value ?? null,
    default: event.default ?? false,
    version: event.version ?? '',
    source: event.source || 'PROVIDER_CACHE',
    ...(metadata !== undefined && Object.keys(metadata).length > 0 && { metadata }),
  };
}

function trackingEvent(sent: SentEvent): ExportedTrackingEvent | undefined {
  const event = readEvent(sent, trackingShape) as Partial<ExportedTrackingEvent> | undefined;
  const date = sent['creationDate'];
  // evaluations are read by a more lenient reader
  if (event === undefined || (typeof date === 'number' && !Number.isInteger(date))) return undefined;
  return {
    kind: 'tracking',
    ...(event.contextKind && { contextKind: event.contextKind }),
    userKey: event.userKey ?? '',
    creationDate: event.creationDate ?? 0,
    key: event.key ?? '',
    evaluationContext: event.evaluationContext ?? null,
    trackingEventDetails: event.trackingEventDetails ?? null,
  };
}
