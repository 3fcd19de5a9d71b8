import type { Logger, OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import type { ApiKey, ChangeFollowerEvents, ChangesMode } from '@halyard/relay-client';
import { anApiKey, anEndpoint, ChangeFollower, createRelayClient, parseEndpoint } from '@halyard/relay-client';
import type { NodeTransportOptions } from '@halyard/relay-client/server';
import { nodeStreams, nodeTransport, nodeTransportRules } from '@halyard/relay-client/server';
import { RelaySource } from '../engine/sources/relay-source.ts';
import { nodeDigest } from '../platform/node/node-digest.ts';
import type { Source } from '../sources/source.ts';
import type { RemoteSourceOptions } from './remote-source-options.ts';
import { remoteSourceDefaults, remoteSourceRules } from './remote-source-options.ts';

/** The options of {@link relaySource}; each has a default. Durations are in milliseconds. */
export interface RelaySourceOptions extends RemoteSourceOptions {
  /** Where the relay is; a path prefix is kept. Default `http://localhost:1031`. */
  readonly endpoint?: string | URL;
  /** The relay's key, or a function that returns it and is asked once more when the relay refuses it. Default: none. */
  readonly apiKey?: ApiKey;
  /** Which flags. Default: all. */
  readonly flags?: readonly string[];
  /** How the relay tells of changes, beside being polled: `'auto'` takes the best that works. Default `'auto'`. */
  readonly changes?: ChangesMode;
  /** How requests are sent. Default: over kept connections. */
  readonly http?: NodeTransportOptions;
}

const someKeys: OptionRule = optionRules.ruleOf(
  'a list of flag keys',
  (value) => Array.isArray(value) && value.every((key) => typeof key === 'string'),
);

const rules: Readonly<Record<keyof RelaySourceOptions, OptionRule>> = {
  ...remoteSourceRules,
  endpoint: anEndpoint,
  apiKey: anApiKey,
  flags: someKeys,
  changes: optionRules.oneOf('auto', 'websocket', 'sse', 'poll', 'off'),
  http: optionRules.anObjectOf(nodeTransportRules),
};

/** How a stream that breaks is come back to. */
const reconnect = { initialMs: 1_000, maxMs: 60_000 };

const nothing = (): void => undefined;
/** Whether streams can be had is no news: the source tells when the relay cannot be read. */
const silent: Logger = { error: nothing, warn: nothing, info: nothing, debug: nothing };

/**
 * The flags of a GO Feature Flag relay, 1.45 or later, to be evaluated here. Changes are in force as soon as the relay
 * pushes them; the attributes of its `evaluationContextEnrichment` are merged over every context, below those of the
 * option `contextEnrichment`.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function relaySource(options: RelaySourceOptions = {}): Source {
  checkOptions('relaySource', options, rules);
  const { apiKey, flags = [], changes = 'auto', http } = options;
  const { pollIntervalMs, emptyAfterMs, timeoutMs } = remoteSourceDefaults(options);
  const endpoint = parseEndpoint(options.endpoint ?? 'http://localhost:1031');
  const transport = nodeTransport(http);
  const relay = { endpoint, apiKey, clock: systemClock };
  const client = createRelayClient({ ...relay, transport, timeoutMs, protocol: 'goff' });
  const follower = (events: ChangeFollowerEvents): ChangeFollower =>
    new ChangeFollower({
      ...{ ...relay, client, events, mode: changes, pollIntervalMs, reconnect },
      ...{ streams: nodeStreams, random: Math.random, logger: silent },
    });
  return new RelaySource({
    ...{ shown: endpoint.href, client, transport, flags, pollIntervalMs, emptyAfterMs, digest: nodeDigest },
    clock: systemClock,
    fingerprint: nodeDigest(JSON.stringify([endpoint.href, typeof apiKey === 'function' ? '' : apiKey, flags])),
    // polling for hashes and polling for flags come to the same
    follower: changes === 'poll' || changes === 'off' ? undefined : follower,
  });
}
