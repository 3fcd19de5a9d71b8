import type { OptionRule } from '@halyard/core';
import { optionRules } from '@halyard/core';

/** What goes for every source elsewhere. Durations are in milliseconds. */
export interface RemoteSourceOptions {
  /** How often to look for changes, beside whatever notices there are. Default 60,000. 0: never. */
  readonly pollIntervalMs?: number;
  /**
   * How long the source must say that there are no flags at all before that is believed where there were some. Until
   * then it counts as failing, and the flags in force stay. Default 120,000. 0: believed at once.
   */
  readonly emptyAfterMs?: number;
  /** How long a load may take altogether. Default 10,000. */
  readonly timeoutMs?: number;
}

/** What each of them must be. */
export const remoteSourceRules: Readonly<Record<keyof RemoteSourceOptions, OptionRule>> = {
  pollIntervalMs: optionRules.aDuration(0),
  emptyAfterMs: optionRules.aDuration(0),
  timeoutMs: optionRules.aDuration(1),
};

/** The options with their defaults. */
export function remoteSourceDefaults({
  pollIntervalMs = 60_000,
  emptyAfterMs = 120_000,
  timeoutMs = 10_000,
}: RemoteSourceOptions): Required<RemoteSourceOptions> {
  return { pollIntervalMs, emptyAfterMs, timeoutMs };
}

/** What an option `format` must be. */
export const aFormat: OptionRule = optionRules.oneOf('yaml', 'json', 'toml');
