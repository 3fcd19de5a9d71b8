import { AnswerCache } from '@halyard/cache';
import type { Logger } from '@halyard/core';
import { guardedLogger, systemClock } from '@halyard/core';
import type { ProviderAnnouncement, ServerProviderParts } from '@halyard/core/server';
import { pinoLogger, ProviderAnnouncements } from '@halyard/core/server';
import type { UsageCollector } from '@halyard/hooks';
import { createUsageCollector, exporterOver } from '@halyard/hooks';
import type { RelayAnswer } from '../answers/relay-answer.ts';
import { exporterMetadataAdder } from '../answers/exporter-metadata.ts';
import { RemoteEngine } from '../engine/remote-engine.ts';
import type { RemoteProviderOptions } from './provider-options.ts';
import { chosenRelay } from './provider-options.ts';
import { RelayConnection } from './relay-connection.ts';

const NAME = 'halyard-remote';

/** What listeners of a remote provider are given, by event. */
export interface RemoteProviderEvents extends ProviderAnnouncement {
  /** The relay wants fewer requests; none is sent for this long, if it said how long. */
  rateLimited: { readonly retryAfterMs?: number };
}

/** What a remote provider is made of. */
export interface RemoteParts extends ServerProviderParts {
  readonly engine: RemoteEngine;
  readonly connection: RelayConnection;
  readonly usage: UsageCollector | undefined;
  readonly announcements: ProviderAnnouncements<RemoteProviderEvents>;
}

/** @throws HalyardError `CONFIG_INVALID` with every fault of the options */
export function remoteParts(options: RemoteProviderOptions): RemoteParts {
  const relay = chosenRelay(options);
  const pino = (): Logger =>
    pinoLogger({ name: NAME, level: options.debug === true ? 'debug' : 'info', load: () => import('pino') });
  const logger = guardedLogger(options.logger ?? pino());
  const connection = new RelayConnection(relay, options, logger);
  const announcements = new ProviderAnnouncements<RemoteProviderEvents>(logger);
  const engine = engineOf(options, connection, { name: `relay ${relay.endpoint.href}`, logger });
  announcements.follow(engine);
  engine.on((event) => {
    if (event.type !== 'failure' || event.error.code !== 'RATE_LIMITED') return;
    const { retryAfterMs } = event.error.details;
    announcements.tell('rateLimited', typeof retryAfterMs === 'number' ? { retryAfterMs } : {});
  });
  const usage = collectorOf(options, connection, { announcements, logger });
  const { initTimeoutMs = 5_000, onInitFailure = 'serve' } = options;
  return { name: NAME, engine, connection, usage, announcements, clock: systemClock, initTimeoutMs, onInitFailure };
}

function engineOf(
  { cache = {}, exporterMetadata = {} }: RemoteProviderOptions,
  connection: RelayConnection,
  parts: { readonly name: string; readonly logger: Logger },
): RemoteEngine {
  const limits = cache === false ? { maxEntries: 0 } : cache;
  const { maxEntries = 10_000, ttlMs = 300_000, staleTtlMs = 3_600_000 } = limits;
  return new RemoteEngine({
    ...parts,
    clock: systemClock,
    random: Math.random,
    cache: new AnswerCache<RelayAnswer>({ maxEntries, ttlMs, staleTtlMs, clock: systemClock }),
    connect: () => connection.connect(),
    follow: (client, events) => connection.follow(client, events),
    probe: (client, signal) => connection.probe(client, signal),
    enrich: exporterMetadataAdder(exporterMetadata),
  });
}

/** Tells the relay what it could not count itself, over the connections that the evaluations use. */
function collectorOf(
  { collect = {}, exporterMetadata = {} }: RemoteProviderOptions,
  connection: RelayConnection,
  { announcements, logger }: Pick<RemoteParts, 'announcements'> & { readonly logger: Logger },
): UsageCollector | undefined {
  if (collect === false) return undefined;
  return createUsageCollector({
    ...collect,
    exporter: exporterOver(() => connection.client),
    exporterMetadata: { provider: NAME, openfeature: true, ...exporterMetadata },
    source: 'PROVIDER_CACHE',
    clock: systemClock,
    random: Math.random,
    logger,
    onDropped: (count, why) => announcements.tell('eventsDropped', { count, why }),
  });
}
