import type { Logger } from '@halyard/core';
import { systemClock } from '@halyard/core';
import type { ProviderAnnouncements } from '@halyard/core/server';
import type { UsageCollector } from '@halyard/hooks';
import { createUsageCollector } from '@halyard/hooks';
import type { LocalProviderOptions } from './provider-options.ts';

/** What tells of evaluations, if anybody wants to know. */
export function collectorOf(
  { collect = false, exporterMetadata = {} }: LocalProviderOptions,
  logger: Logger,
  announcements: ProviderAnnouncements,
): UsageCollector | undefined {
  if (collect === false) return undefined;
  const onDropped = (count: number, why: string): void => announcements.tell('eventsDropped', { count, why });
  const platform = { clock: systemClock, random: Math.random, logger };
  return createUsageCollector({ ...collect, ...platform, exporterMetadata, source: 'INPROCESS', onDropped });
}
