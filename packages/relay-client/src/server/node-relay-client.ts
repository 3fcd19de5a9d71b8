import type { OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import type { RelayClient } from '../engine/relay-client.ts';
import { createRelayClient } from '../engine/relay-client.ts';
import type { ApiKey } from '../http/api-key.ts';
import { anApiKey } from '../http/api-key.ts';
import { anEndpoint, parseEndpoint } from '../http/endpoint.ts';
import type { NodeTransportOptions } from '../platform/node/node-transport.ts';
import { nodeTransport } from '../platform/node/node-transport.ts';
import type { RelayProtocol } from '../wire/relay-paths.ts';

/** The options of {@link nodeRelayClient}; each has a default. */
export interface NodeRelayClientOptions {
  /** Where the relay is; a path prefix is kept. Default `http://localhost:1031`. */
  readonly endpoint?: string | URL;
  /** The relay's key, or a function that returns it and is asked once more when the relay refuses it. Default: none. */
  readonly apiKey?: ApiKey;
  /** For the whole exchange of a request, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
  /** How flags are asked for. Default `'goff'`. */
  readonly protocol?: RelayProtocol;
  /** How requests are sent. Default: over kept connections. */
  readonly http?: NodeTransportOptions;
}

/** What each property of the option `http` must be. */
export const nodeTransportRules: Readonly<Record<keyof NodeTransportOptions, OptionRule>> = {
  fetch: optionRules.aFunction,
  dispatcher: optionRules.withMethods('a dispatcher of undici', ['request']),
  maxBodyBytes: optionRules.aCount(1),
  connections: optionRules.aCount(1),
};

const rules: Readonly<Record<keyof NodeRelayClientOptions, OptionRule>> = {
  endpoint: anEndpoint,
  apiKey: anApiKey,
  timeoutMs: optionRules.aDuration(1),
  protocol: optionRules.oneOf('goff', 'ofrep'),
  http: optionRules.anObjectOf(nodeTransportRules),
};

/**
 * A client of one relay, ready to use. Nothing is sent before it is asked something.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function nodeRelayClient(options: NodeRelayClientOptions = {}): RelayClient {
  checkOptions('nodeRelayClient', options, rules);
  const { endpoint = 'http://localhost:1031', apiKey, timeoutMs = 5_000, protocol = 'goff', http } = options;
  const parts = { endpoint: parseEndpoint(endpoint), apiKey, timeoutMs, protocol };
  return createRelayClient({ ...parts, transport: nodeTransport(http), clock: systemClock });
}
