import type { Clock, Logger, Random } from '@halyard/core';
import type { UsageBatch, UsageExporter } from '../ports/usage-exporter.ts';
import { EventPipeline } from './event-pipeline.ts';
import type { CollectLimits } from './hook-options.ts';
import { pipelineLimits } from './hook-options.ts';
import { UsageCollector } from './usage-collector.ts';

/** What the collector of a provider is made of. */
export interface UsageCollectorOptions extends CollectLimits {
  readonly exporter: UsageExporter;
  /** Goes with every event. */
  readonly exporterMetadata: UsageBatch['meta'];
  /** Who decides, as in `PROVIDER_CACHE`, `INPROCESS`. */
  readonly source: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Is told of dropped events, gathered: not of each. */
  readonly onDropped: (count: number, why: string) => void;
}

/** A collector for a provider, which feeds it without a hook. */
export function createUsageCollector(options: UsageCollectorOptions): UsageCollector {
  const { exporter, exporterMetadata, source, clock, random, logger, onDropped } = options;
  const meta = { ...exporterMetadata };
  const limits = pipelineLimits(options);
  const pipeline = new EventPipeline({ ...limits, exporter, meta, clock, random, logger, onDropped });
  return new UsageCollector({ pipeline, clock, random, source });
}
