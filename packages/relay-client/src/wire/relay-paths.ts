/** Everything the relay can be asked, but for single evaluations. */
export type RelayPath =
  | 'goffBulk'
  | 'ofrepBulk'
  | 'flagConfiguration'
  | 'flagHashes'
  | 'collector'
  | 'webSocket'
  | 'oldWebSocket'
  | 'eventStream'
  | 'manifest'
  | 'refresh'
  | 'health'
  | 'info';

/** Where the relay has what, below its endpoint (goff-relay-protocol §2). Single evaluations: `flagKeyPath`. */
export const relayPaths: Readonly<Record<RelayPath, string>> = Object.freeze({
  goffBulk: '/v1/allflags',
  ofrepBulk: '/ofrep/v1/evaluate/flags',
  flagConfiguration: '/v1/flag/configuration',
  flagHashes: '/v1/flag/change',
  collector: '/v1/data/collector',
  webSocket: '/stream/v1/ws/flag/change',
  /** The only one that relays before 1.53 know. */
  oldWebSocket: '/ws/v1/flag/change',
  eventStream: '/stream/v1/sse/flag/change',
  manifest: '/openfeature/v0/manifest',
  refresh: '/admin/v1/retriever/refresh',
  health: '/health',
  info: '/info',
});

/** The two ways of asking a relay for flags: its own, and the OpenFeature Remote Evaluation Protocol. */
export type RelayProtocol = 'goff' | 'ofrep';
