import type { Clock, Listeners, Logger } from '@halyard/core';
import type { LocalEngine } from '@halyard/provider-local/engine';
import { createLocalEngine } from '@halyard/provider-local/engine';
import type { DefinitionChange } from '../answers/written-definition.ts';
import { changeMessage } from '../answers/written-definition.ts';
import type { Audience } from '../engine/audience.ts';
import { EventPipeline } from '../engine/event-pipeline.ts';
import { FlagSupply } from '../engine/flag-supply.ts';
import { logExporter } from '../engine/log-exporter.ts';
import type { Metrics } from '../engine/metrics.ts';
import { fields, writeJson } from '../json/write-json.ts';
import { jsonLinesFile } from '../platform/node/event-exporters.ts';
import type { EventExporter } from '../ports/event-exporter.ts';
import type { RelayEvent } from './relay.ts';
import type { ExporterChoice, FlagSetOptions, RelayOptions } from './relay-options.ts';

/** Events kept for the exporter; what comes on top is dropped and counted. */
const MOST_EVENTS = 10_000;

/** What all supplies of a relay share. */
interface Surroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly audience: Audience;
  readonly listeners: Listeners<RelayEvent>;
}

/** A supply together with its engine. */
export interface RunningSupply {
  readonly supply: FlagSupply;
  readonly engine: LocalEngine;
}

type SetOptions = Omit<FlagSetOptions, 'apiKeys' | 'source'> & Pick<RelayOptions, 'source'>;

/**
 * Loads the flags: of the one source, or of each flag set. A set that cannot be loaded is tried again and again while
 * the others serve.
 *
 * @throws HalyardError what the source says, if there are no flags at all
 */
export async function startSupplies(options: RelayOptions, shared: Surroundings): Promise<readonly RunningSupply[]> {
  const { source, flagSets, contextEnrichment, exporter } = options;
  const sets: readonly SetOptions[] = flagSets ?? [{ name: 'default', ...(source !== undefined && { source }) }];
  const supplies = sets.map((set) => {
    const inherited = { ...(contextEnrichment && { contextEnrichment }), ...(exporter && { exporter }), ...set };
    return supplyOf(inherited, options, shared);
  });
  const starts = await Promise.allSettled(supplies.map(({ supply }) => supply.start(new AbortController().signal)));
  const failures = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason as unknown] : []));
  if (failures.length < supplies.length) return supplies;
  await Promise.all(supplies.map(({ supply }) => supply.stop(0)));
  throw failures[0];
}

function supplyOf(set: SetOptions, options: RelayOptions, shared: Surroundings): RunningSupply {
  const { clock, logger, listeners } = shared;
  const { name, contextEnrichment = {}, exporter } = set;
  const { pollIntervalMs } = options;
  const engine = createLocalEngine({
    ...(set.source !== undefined && { source: set.source }),
    ...(pollIntervalMs !== undefined && { pollIntervalMs }),
    dialect: 'goff',
    contextEnrichment,
    enrichmentHasIntegers: true,
    logger,
    clock,
  });
  const supply = new FlagSupply({
    name,
    engine,
    events: exporter === undefined ? undefined : pipelineTo(exporter, options, shared),
    enrichment: JSON.parse(JSON.stringify(contextEnrichment)) as Record<string, unknown>,
    clock,
    changed: (changes) => announce(changes, supply, shared),
    failed: (error) => listeners.announce({ type: 'failed', flagSet: name, error }),
  });
  return { supply, engine };
}

function pipelineTo(
  choice: ExporterChoice,
  { flushIntervalMs = 1_000 }: RelayOptions,
  shared: Surroundings,
): EventPipeline {
  const { clock, logger, metrics } = shared;
  return new EventPipeline({
    exporter: exporterOf(choice, logger),
    clock,
    logger,
    flushIntervalMs,
    maxBuffer: MOST_EVENTS,
    dropped: (count) => metrics.count('halyard_relay_events_dropped_total', count),
  });
}

function exporterOf(choice: ExporterChoice, logger: Logger): EventExporter {
  if (typeof choice !== 'string') return choice;
  if (choice === 'log') return logExporter(logger);
  return jsonLinesFile(choice, (event) => writeJson(fields(event as Record<string, unknown>)));
}

/** Tells streams first, as they are waited for. */
function announce(changes: readonly DefinitionChange[], supply: FlagSupply, shared: Surroundings): void {
  const { metrics, audience, listeners } = shared;
  const text = writeJson(changeMessage(changes));
  audience.tell(text);
  supply.audience.tell(text);
  const keysOf = (isOne: (change: DefinitionChange) => boolean): string[] =>
    changes.filter(isOne).map(({ flag }) => flag);
  const added = keysOf(({ before }) => before === undefined);
  const deleted = keysOf(({ after }) => after === undefined);
  const updated = keysOf(({ before, after }) => before !== undefined && after !== undefined);
  metrics.count('gofeatureflag_flag_changes_total');
  metrics.count('gofeatureflag_flag_create_total', added.length);
  metrics.count('gofeatureflag_flag_delete_total', deleted.length);
  metrics.count('gofeatureflag_flag_update_total', updated.length);
  listeners.announce({ type: 'changed', flagSet: supply.name, added, updated, deleted });
}
