import type { Logger, OptionRule } from '@halyard/core';
import { checkOptions, guardedLogger, optionRules } from '@halyard/core';
import type { UsageBatch, UsageExporter } from '../ports/usage-exporter.ts';
import type { PipelineLimits } from './event-pipeline.ts';

/** How usage data is gathered; each has a default. */
export interface CollectLimits {
  /** How often what has gathered is sent, in milliseconds. Default 60,000. */
  readonly flushIntervalMs?: number;
  /** How many events are sent at once; as many are sent without waiting for the interval. Default 1,000. */
  readonly maxBatch?: number;
  /** How many events are kept while they cannot be sent; more are dropped and counted. Default 10,000. */
  readonly maxBuffer?: number;
}

/** The options of a {@link DataCollectorHook}. */
export interface DataCollectorHookOptions extends CollectLimits {
  /** Where usage data goes. */
  readonly exporter: UsageExporter;
  /** The share of evaluations that is told, from 0 to 1. Default 1. */
  readonly sample?: number;
  /** The attributes of the context that events of `track` carry, besides the targeting key. Default: all. */
  readonly attributes?: readonly string[];
  /** Goes with every event, as in `{ app: 'shop' }`. Default `{}`. */
  readonly exporterMetadata?: UsageBatch['meta'];
  /** Where messages go. Default: nowhere. */
  readonly logger?: Logger;
}

const aListOfTexts: OptionRule = optionRules.ruleOf(
  'a list of texts',
  (value) => Array.isArray(value) && value.every((inner) => typeof inner === 'string'),
);

/** An exporter, as options have it. */
export const anExporter: OptionRule = optionRules.withMethods('an exporter', ['export']);

/** What each of {@link CollectLimits} must be. */
export const collectRules: Readonly<Record<keyof CollectLimits, OptionRule>> = {
  flushIntervalMs: optionRules.aDuration(1),
  maxBatch: optionRules.aCount(1),
  maxBuffer: optionRules.aCount(1),
};

const rules: Readonly<Record<keyof DataCollectorHookOptions, OptionRule>> = {
  ...collectRules,
  exporter: optionRules.required(anExporter),
  sample: optionRules.aShare,
  attributes: aListOfTexts,
  exporterMetadata: optionRules.someMetadata,
  logger: optionRules.aLogger,
};

/** The limits with their defaults. */
export function pipelineLimits(limits: CollectLimits): PipelineLimits {
  const { flushIntervalMs = 60_000, maxBatch = 1_000, maxBuffer = 10_000 } = limits;
  return { flushIntervalMs, maxBatch, maxBuffer };
}

const nowhere = (): void => undefined;
const silent: Logger = { error: nowhere, warn: nowhere, info: nowhere, debug: nowhere };

/** @throws HalyardError `CONFIG_INVALID` with every fault */
export function checkedHookOptions(options: DataCollectorHookOptions): DataCollectorHookOptions & { logger: Logger } {
  checkOptions('DataCollectorHook', options, rules);
  return { ...options, logger: guardedLogger(options.logger ?? silent) };
}
