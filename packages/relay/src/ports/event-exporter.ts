/** One evaluation, as the relay exports it. */
export interface ExportedFeatureEvent {
  /** `feature`, or what the collector was sent instead. */
  readonly kind: string;
  /** `user` or `anonymousUser`; absent if the collector was sent none. */
  readonly contextKind?: string;
  readonly userKey: string;
  /** In seconds since 1970. */
  readonly creationDate: number;
  /** The flag key. */
  readonly key: string;
  readonly variation: string;
  readonly value: unknown;
  /** Whether the caller's default was served because of an error. */
  readonly default: boolean;
  readonly version: string;
  /** `SERVER` for what the relay evaluated; `PROVIDER_CACHE` unless the sender said something else. */
  readonly source: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** One tracking call. */
export interface ExportedTrackingEvent {
  readonly kind: 'tracking';
  readonly contextKind?: string;
  readonly userKey: string;
  /** In seconds since 1970. */
  readonly creationDate: number;
  /** The name of the event. */
  readonly key: string;
  readonly evaluationContext: Readonly<Record<string, unknown>> | null;
  readonly trackingEventDetails: Readonly<Record<string, unknown>> | null;
}

/** What exporters are given: `kind` is `tracking` for tracking calls and anything else for evaluations. */
export type ExportedEvent = ExportedFeatureEvent | ExportedTrackingEvent;

/** Where events go. Implement it to bring them anywhere. */
export interface EventExporter {
  /**
   * Takes some events, in the order in which they came.
   *
   * @param signal fires when the relay no longer waits
   * @throws whatever went wrong; the events are lost then
   */
  export(batch: readonly ExportedEvent[], signal: AbortSignal): void | Promise<void>;
}
