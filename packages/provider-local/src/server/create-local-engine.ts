import type { Clock, Logger, Surroundings } from '@halyard/core';
import { goffDialect, instantOfMillis, systemClock } from '@halyard/core';
import { rulesetDialect } from '@halyard/core/ruleset';
import { LocalEngine } from '../engine/local-engine.ts';
import type { LocalEngineParts } from '../engine/local-engine-parts.ts';
import { nodePause } from '../platform/node/node-pause.ts';
import type { LocalProviderOptions } from './provider-options.ts';
import { attributesFrom } from './provider-options.ts';
import { sourceFrom } from './source-choice.ts';

/** How long a start waits for flags, in milliseconds. */
export const DEFAULT_START_MS = 5_000;

/** What a local engine needs to know: the options of a LocalProvider that are about flags. Not checked here. */
export interface LocalEngineOptions extends Pick<
  LocalProviderOptions,
  'source' | 'initTimeoutMs' | 'dialect' | 'ruleset' | 'pollIntervalMs' | 'staleAfterMs' | 'contextEnrichment'
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
  const given = sourceFrom(options.source);
  const source = given.forOne?.(options.initTimeoutMs ?? DEFAULT_START_MS) ?? given;
  const now = (): ReturnType<typeof instantOfMillis> => instantOfMillis(clock.now());
  const enrichment = attributesFrom(options.contextEnrichment ?? {}) ?? {};
  return new LocalEngine({
    source,
    ...dialectsFor(options, { enrichment, enrichmentHasIntegers, now }),
    enrichedBy: (below) => {
      const surroundings = { enrichment: { ...below, ...enrichment }, enrichmentHasIntegers, now };
      const { dialect, alternatives = [] } = dialectsFor(options, surroundings);
      return [dialect, ...alternatives];
    },
    controls: options.ruleset === undefined ? {} : { ruleset: options.ruleset },
    clock,
    random: Math.random,
    pause: nodePause,
    logger,
    pollIntervalMs: options.pollIntervalMs ?? source.pollIntervalMs ?? 0,
    staleAfterMs: options.staleAfterMs ?? 30_000,
  });
}

/** The dialect that was asked for, else both; whoever names a ruleset has a document of rulesets. */
function dialectsFor(
  { dialect, ruleset }: LocalEngineOptions,
  surroundings: Surroundings,
): Pick<LocalEngineParts, 'dialect' | 'alternatives' | 'unwanted'> {
  const asked = dialect ?? (ruleset === undefined ? undefined : 'ruleset');
  if (asked === 'ruleset') return { dialect: rulesetDialect(surroundings) };
  const goff = goffDialect(surroundings);
  const rulesets = [rulesetDialect(surroundings)];
  return asked === 'goff' ? { dialect: goff, unwanted: rulesets } : { dialect: goff, alternatives: rulesets };
}
