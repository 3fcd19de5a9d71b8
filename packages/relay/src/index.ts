export type { LocalStatus, LocatedDiagnostic, Source } from '@halyard/provider-local/engine';
export type {
  EventExporter,
  ExportedEvent,
  ExportedFeatureEvent,
  ExportedTrackingEvent,
} from './ports/event-exporter.ts';
export { createRelay } from './server/create-relay.ts';
export type { FlagSetStatus, Relay, RelayEvent } from './server/relay.ts';
export type { ExporterChoice, FlagSetOptions, FlagSource, RelayOptions } from './server/relay-options.ts';
