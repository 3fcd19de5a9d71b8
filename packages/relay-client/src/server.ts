export type { RequestDispatcher } from './platform/node/dispatcher-transport.ts';
export type { NodeTransportOptions } from './platform/node/node-transport.ts';
export { nodeTransport } from './platform/node/node-transport.ts';
export type { NodeRelayClientOptions } from './server/node-relay-client.ts';
export { nodeRelayClient, nodeTransportRules } from './server/node-relay-client.ts';
export { nodeStreams } from './platform/node/node-streams.ts';
