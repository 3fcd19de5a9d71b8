import type { Logger } from '@halyard/core';
import { checkOptions, guardedLogger, Listeners, systemClock } from '@halyard/core';
import { pinoLogger } from '@halyard/core/server';
import { KeyRing } from '../access/key-ring.ts';
import { Audience } from '../engine/audience.ts';
import { Metrics } from '../engine/metrics.ts';
import { RelayDesk } from '../engine/relay-desk.ts';
import { HttpFront } from '../platform/node/http-front.ts';
import { nodeDigests, secretIndex } from '../platform/node/node-digests.ts';
import { RunningRelay } from './running-relay.ts';
import type { Relay, RelayEvent } from './relay.ts';
import type { RelayOptions } from './relay-options.ts';
import { relayRules } from './relay-options.ts';
import { startSupplies } from './supplies.ts';

const NAME = 'halyard-relay';
const MEBIBYTE = 1024 * 1024;

function defaultLogger(debug: boolean): Logger {
  return pinoLogger({ name: NAME, level: debug ? 'debug' : 'info', load: () => import('pino') });
}

/**
 * Starts a relay in this process: the HTTP interface of GO Feature Flag's relay proxy over flags of any source. For
 * demos, tests and development; the relay for production is the relay proxy itself.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options; what the source says if the flags cannot be
 *   loaded; `NETWORK_FAILED` if the port cannot be had
 */
export async function createRelay(options: RelayOptions = {}): Promise<Relay> {
  checkOptions('createRelay', options, relayRules(options));
  const logger = guardedLogger(options.logger ?? defaultLogger(options.debug ?? false));
  const metrics = new Metrics();
  const audience = new Audience();
  const listeners = new Listeners<RelayEvent>(logger);
  const clock = systemClock;
  const supplies = await startSupplies(options, { clock, logger, metrics, audience, listeners });
  const { apiKeys = [], adminKeys = [], flagSets = [], version = 'localdev' } = options;
  const desk = new RelayDesk({
    state: {
      supplies: supplies.map(({ supply }) => supply),
      hasFlagSets: flagSets.length > 0,
      metrics,
      audience,
      clock,
    },
    keys: new KeyRing({ apiKeys, adminKeys, flagSets }, secretIndex),
    digests: nodeDigests,
    version: version === false ? undefined : version,
    logger,
  });
  const front = new HttpFront((request) => desk.answer(request), limitsOf(options), clock);
  const { host = '127.0.0.1', port = 1031, shutdownTimeoutMs = 5_000 } = options;
  const relay = new RunningRelay({ supplies, front, listeners, clock, shutdownTimeoutMs });
  await relay.listen(host, port);
  logger.info(`listening on ${relay.url}`);
  return relay;
}

function limitsOf(options: RelayOptions): ConstructorParameters<typeof HttpFront>[1] {
  return {
    maxBodyBytes: options.maxBodyBytes ?? MEBIBYTE,
    maxHeaderBytes: options.maxHeaderBytes ?? MEBIBYTE,
    maxConnections: options.maxConnections ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
  };
}
