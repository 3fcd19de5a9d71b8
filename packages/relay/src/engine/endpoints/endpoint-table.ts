import type { EndpointName } from '../../routes/route.ts';
import type { Endpoint } from '../call.ts';
import { collectEvents } from './collector.ts';
import { flagConfiguration, flagHashes, manifest } from './configuration.ts';
import { evaluateAllFlags, evaluateFlag } from './goff-evaluation.ts';
import { health, info, metrics, refresh } from './monitoring.ts';
import { evaluateAllByOfrep, evaluateByOfrep } from './ofrep.ts';
import { events, oldWebSocket, webSocket } from './streams.ts';

/** Who answers what. */
export const endpointTable: Readonly<Record<EndpointName, Endpoint>> = {
  evaluation: evaluateFlag,
  bulk: evaluateAllFlags,
  configuration: flagConfiguration,
  hashes: flagHashes,
  collector: collectEvents,
  ofrepEvaluation: evaluateByOfrep,
  ofrepBulk: evaluateAllByOfrep,
  manifest,
  refresh,
  webSocket,
  oldWebSocket,
  events,
  health,
  info,
  metrics,
};
