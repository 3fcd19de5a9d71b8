import type { OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import type { PostgresClient } from '../../engine/sources/postgres-source.ts';
import { PostgresSource } from '../../engine/sources/postgres-source.ts';
import { nodeDigest } from '../../platform/node/node-digest.ts';
import type { DocumentFormat, Source } from '../../sources/source.ts';
import { postgresAddress } from '../../sources/stores/client-address.ts';
import type { RemoteSourceOptions } from '../remote-source-options.ts';
import { aFormat, remoteSourceDefaults, remoteSourceRules } from '../remote-source-options.ts';

/** The options of {@link postgresSource}. */
export interface PostgresSourceOptions extends RemoteSourceOptions {
  /** A `Pool` of `pg`, or a connected `Client`. */
  readonly client: PostgresClient;
  /**
   * Gives rows of a key and a definition (`jsonb`, or JSON in a `text`), or one row of one column with a whole document.
   * Default `select name, ruleset from flag_rulesets order by name`.
   */
  readonly query?: string;
  /** A channel on which any `NOTIFY` means that the flags changed. Default: none, they are polled only. */
  readonly channel?: string;
  /** How a whole document in a `text` is written. Default: JSON or YAML by its looks. */
  readonly format?: DocumentFormat;
}

const rules: Readonly<Record<keyof PostgresSourceOptions, OptionRule>> = {
  ...remoteSourceRules,
  client: optionRules.required(optionRules.withMethods('a pool or client of pg', ['query', 'on'])),
  query: optionRules.aText,
  channel: optionRules.aText,
  format: aFormat,
};

const QUERY = 'select name, ruleset from flag_rulesets order by name';

/**
 * Flags in PostgreSQL. With a channel, a change is in force as soon as it is notified there; for that one connection of
 * a pool is taken. The query should order its rows: their order is that of the flags.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function postgresSource(options: PostgresSourceOptions): Source {
  checkOptions('postgresSource', options, rules);
  const { client, query = QUERY, channel, format } = options;
  const place = { name: 'postgres query', key: '', format };
  const platform = { clock: systemClock, random: Math.random, digest: nodeDigest, address: postgresAddress(client) };
  return new PostgresSource({ ...remoteSourceDefaults(options), ...platform, client, query, channel, place });
}
