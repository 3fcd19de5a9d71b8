import { systemClock } from '@halyard/core';
import { CollectingHook } from '../engine/collecting-hook.ts';
import type { DataCollectorHookOptions } from '../engine/hook-options.ts';

/**
 * An OpenFeature hook that collects usage data: every evaluation of the clients it is registered with, whatever their
 * provider. It holds no process; call `close` before the end, so that the last events arrive.
 *
 * @throws HalyardError `CONFIG_INVALID` from the constructor, with every fault of the options
 */
export class DataCollectorHook extends CollectingHook {
  constructor(options: DataCollectorHookOptions) {
    super(options, { clock: systemClock, random: Math.random });
  }
}
