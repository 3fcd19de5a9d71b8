import type { Logger } from '@halyard/core';
import { isHalyardError, systemClock } from '@halyard/core';
import type { ChangeFollowerEvents, FlagHashes, RelayClient } from '@halyard/relay-client';
import { ChangeFollower, createRelayClient } from '@halyard/relay-client';
import { nodeStreams, nodeTransport } from '@halyard/relay-client/server';
import type { ChangesOptions, ChosenRelay, RemoteProviderOptions } from './provider-options.ts';

/** What servers answer to a path that they do not have. */
const NOT_THERE: readonly unknown[] = [404, 405, 501];

/** Clients and followers for one relay. */
export class RelayConnection {
  readonly #relay: ChosenRelay;
  readonly #options: RemoteProviderOptions;
  readonly #logger: Logger;
  #client: RelayClient | undefined;

  constructor(relay: ChosenRelay, options: RemoteProviderOptions, logger: Logger) {
    this.#relay = relay;
    this.#options = options;
    this.#logger = logger;
  }

  /** The client in use: the last one that was connected. */
  get client(): RelayClient {
    return (this.#client ??= this.connect());
  }

  /** A new client. Nothing is sent yet. */
  connect(): RelayClient {
    const { protocol = 'goff', timeoutMs = 5_000, http = {} } = this.#options;
    const transport = nodeTransport(http);
    this.#client = createRelayClient({ ...this.#relay, transport, timeoutMs, protocol, clock: systemClock });
    return this.#client;
  }

  /** Follows the relay's changes. */
  follow(client: RelayClient, events: ChangeFollowerEvents): ChangeFollower {
    const { changes = 'auto' } = this.#options;
    const options: ChangesOptions = typeof changes === 'string' ? { mode: changes } : changes;
    const { mode = 'auto', pollIntervalMs = 30_000, reconnect = {} } = options;
    const { initialMs = 1_000, maxMs = 60_000 } = reconnect;
    const platform = { clock: systemClock, random: Math.random, logger: this.#logger, streams: nodeStreams };
    return new ChangeFollower({
      ...{ ...this.#relay, ...platform },
      ...{ client, events, mode, pollIntervalMs, reconnect: { initialMs, maxMs: Math.max(initialMs, maxMs) } },
    });
  }

  /** The relay's hashes, as a sign of life. Servers of OFREP that are no relays have no hashes to tell, but they answer. */
  async probe(client: RelayClient, signal: AbortSignal): Promise<FlagHashes | undefined> {
    try {
      const hashes = await client.flagHashes(undefined, signal);
      return hashes === 'unchanged' ? undefined : hashes;
    } catch (error) {
      const isMissing = isHalyardError(error) && NOT_THERE.includes(error.details['status']);
      if (!isMissing || this.#options.protocol !== 'ofrep') throw error;
      return undefined;
    }
  }
}
