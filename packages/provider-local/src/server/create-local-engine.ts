import type { Clock, Logger } from '@halyard/core';
import { goffDialect, instantOfMillis, systemClock } from '@halyard/core';
import { LocalEngine } from '../engine/local-engine.ts';
import { nodePause } from '../platform/node/node-pause.ts';
import type { LocalProviderOptions } from './provider-options.ts';
import { attributesFrom } from './provider-options.ts';
import { sourceFrom } from './source-choice.ts';

/** What a local engine needs to know: the options of a LocalProvider that are about flags. Not checked here. */
export interface LocalEngineOptions extends Pick<
  LocalProviderOptions,
  'source' | 'pollIntervalMs' | 'staleAfterMs' | 'contextEnrichment'
> {
  readonly logger: Logger;
  /** Whether whole numbers of the enrichment are integers, as in a relay's own configuration. False by default. */
  readonly enrichmentHasIntegers?: boolean;
  /** The system's by default. */
  readonly clock?: Clock;
}

/**
 * The engine behind LocalProvider, for others who serve flags.
 *
 * @throws HalyardError `CONFIG_INVALID` if the definitions cannot be written as JSON
 */
export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const { logger, clock = systemClock, enrichmentHasIntegers = false } = options;
  const source = sourceFrom(options.source);
  const now = (): ReturnType<typeof instantOfMillis> => instantOfMillis(clock.now());
  const enrichment = attributesFrom(options.contextEnrichment ?? {}) ?? {};
  return new LocalEngine({
    source,
    dialect: goffDialect({ enrichment, enrichmentHasIntegers, now }),
    clock,
    random: Math.random,
    pause: nodePause,
    logger,
    pollIntervalMs: options.pollIntervalMs ?? source.pollIntervalMs ?? 0,
    staleAfterMs: options.staleAfterMs ?? 30_000,
  });
}
