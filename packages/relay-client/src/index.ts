export type { ChangeMessage } from './wire/change-message.ts';
export { changeMessageOf, decodeChangeMessage } from './wire/change-message.ts';
export type { CollectorAnswer, CollectorBatch, FeatureEvent, TrackingEvent } from './wire/collector-batch.ts';
export { decodeCollectorAnswer, encodeCollectorBatch } from './wire/collector-batch.ts';
export type { ErrorBody, FlagConfigurationError, RelayError } from './wire/error-body.ts';
export { decodeErrorBody } from './wire/error-body.ts';
export type {
  FlagConfiguration,
  FlagConfigurationAnswer,
  FlagConfigurationRequest,
} from './wire/flag-configuration.ts';
export { decodeFlagConfiguration, encodeFlagConfigurationRequest } from './wire/flag-configuration.ts';
export type { FlagHashes, FlagHashesAnswer } from './wire/flag-hashes.ts';
export { decodeFlagHashes } from './wire/flag-hashes.ts';
export { flagKeyOfPath, flagKeyPath, routedPath } from './wire/flag-key-path.ts';
export type { GoffBulk, GoffBulkFlag, GoffBulkRequest } from './wire/goff-bulk.ts';
export { decodeGoffBulk, encodeGoffBulkRequest, goffBulkOf } from './wire/goff-bulk.ts';
export type { GoffEvaluation, GoffEvaluationRequest } from './wire/goff-evaluation.ts';
export { decodeGoffEvaluation, encodeGoffEvaluationRequest, goffEvaluationOf } from './wire/goff-evaluation.ts';
export type { Manifest, ManifestFlag, ManifestType } from './wire/manifest.ts';
export { decodeManifest } from './wire/manifest.ts';
export type { RefreshAnswer, RelayHealth, RelayInfo } from './wire/monitoring.ts';
export { decodeHealth, decodeInfo } from './wire/monitoring.ts';
export type { OfrepBulk, OfrepBulkFlag } from './wire/ofrep-bulk.ts';
export { decodeOfrepBulk, ofrepBulkOf } from './wire/ofrep-bulk.ts';
export type { OfrepError, OfrepEvaluation, OfrepRequest } from './wire/ofrep-evaluation.ts';
export {
  decodeOfrepError,
  decodeOfrepEvaluation,
  encodeOfrepRequest,
  ofrepErrorOf,
  ofrepEvaluationOf,
} from './wire/ofrep-evaluation.ts';
export type { GoffContext } from './wire/relay-context.ts';
export { contextOfGoff, goffContextOf } from './wire/relay-context.ts';
export type { RelayPath, RelayProtocol } from './wire/relay-paths.ts';
export { relayPaths } from './wire/relay-paths.ts';
export type { ApiKey } from './http/api-key.ts';
export { anApiKey } from './http/api-key.ts';
export type { Endpoint } from './http/endpoint.ts';
export { anEndpoint, parseEndpoint, streamUrl, webSocketUrl } from './http/endpoint.ts';
export type { ClosableTransport, RelayTransportRequest } from './ports/closable-transport.ts';
export type { RelayClient, RelayClientOptions } from './engine/relay-client.ts';
export { createRelayClient } from './engine/relay-client.ts';
export type { FetchTransportOptions } from './platform/fetch-transport.ts';
export { fetchTransport } from './platform/fetch-transport.ts';
export { retryAfterMs } from './http/retry-after.ts';
export type { ChangesMode, FollowedBy } from './changes/change-mode.ts';
export type { ChangeFollowerOptions } from './engine/changes/change-follower.ts';
export { ChangeFollower } from './engine/changes/change-follower.ts';
export type { ChangeFollowerEvents } from './engine/changes/follower-events.ts';
export type { HashSource } from './engine/changes/hash-checker.ts';
export type { PushConnection, PushEnd, PushStream, PushStreamEvents } from './ports/push-stream.ts';
