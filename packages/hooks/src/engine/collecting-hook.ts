import type { Clock, Random, Resolution } from '@halyard/core';
import type { BaseHook, EvaluationDetails, FlagValue, HookContext } from '@openfeature/core';
import type { UsageExporter } from '../ports/usage-exporter.ts';
import type { FlushResult, PipelineStats } from './event-pipeline.ts';
import { EventPipeline } from './event-pipeline.ts';
import type { DataCollectorHookOptions } from './hook-options.ts';
import { checkedHookOptions, pipelineLimits } from './hook-options.ts';
import { UsageCollector } from './usage-collector.ts';
import { within } from './within.ts';

/** How long an exporter may take to let go, in milliseconds. */
const CLOSE_DEADLINE_MS = 3_000;

/** What a hook takes from its platform. */
export interface HookSurroundings {
  readonly clock: Clock;
  readonly random: Random;
}

/** The behaviour of the data collector hook, for every platform. It needs one stage of the evaluation only. */
export class CollectingHook implements BaseHook {
  readonly #collector: UsageCollector;
  readonly #exporter: UsageExporter;
  readonly #clock: Clock;
  #closing: Promise<void> | undefined;

  constructor(options: DataCollectorHookOptions, { clock, random }: HookSurroundings) {
    const { exporter, exporterMetadata = {}, sample, attributes, logger } = checkedHookOptions(options);
    const meta = { ...exporterMetadata };
    const pipeline = new EventPipeline({ ...pipelineLimits(options), exporter, meta, clock, random, logger });
    this.#collector = new UsageCollector({ pipeline, clock, random, source: 'PROVIDER_CACHE', sample, attributes });
    this.#exporter = exporter;
    this.#clock = clock;
    pipeline.start();
  }

  /** Notes the evaluation, unless its provider collects usage data itself. Called by the SDK. Never throws. */
  finally(hookContext: Readonly<HookContext>, details: EvaluationDetails<FlagValue>): void {
    try {
      if (hookContext.providerMetadata['usageData'] === 'collected') return;
      this.#collector.note(hookContext.flagKey, { ...hookContext.context }, resolutionOf(details));
    } catch (error) {
      hookContext.logger.debug('an evaluation was not noted', error);
    }
  }

  /**
   * Sends what has gathered, now. Never rejects.
   *
   * @param options `deadlineMs`: how long to wait at most, 3,000 by default; sending goes on after that
   */
  flush(options?: { readonly deadlineMs?: number }): Promise<FlushResult> {
    return this.#collector.flush(options);
  }

  /** How many events were sent, wait, and were dropped. */
  stats(): PipelineStats {
    return this.#collector.stats();
  }

  /** Sends what has gathered, for 3 seconds at most, and lets go of the exporter, likewise. Notes nothing after that. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#collector.close();
    const closed = (async () => this.#exporter.close?.())().catch(() => undefined);
    await within(this.#clock, CLOSE_DEADLINE_MS, closed);
  }
}

/** Object values are copied: they belong to a provider, or to whoever was given them. */
function resolutionOf(details: EvaluationDetails<FlagValue>): Resolution {
  const { value, variant, reason = 'UNKNOWN', errorCode, flagMetadata } = details;
  return {
    value: typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value,
    reason,
    flagMetadata,
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
  };
}
