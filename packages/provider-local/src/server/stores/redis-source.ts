import type { OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import type { RedisClient } from '../../engine/sources/redis-source.ts';
import { RedisSource } from '../../engine/sources/redis-source.ts';
import { nodeDigest } from '../../platform/node/node-digest.ts';
import type { DocumentFormat, Source } from '../../sources/source.ts';
import { redisAddress } from '../../sources/stores/client-address.ts';
import type { RemoteSourceOptions } from '../remote-source-options.ts';
import { aFormat, remoteSourceDefaults, remoteSourceRules } from '../remote-source-options.ts';

/** The options of {@link redisSource}. */
export interface RedisSourceOptions extends RemoteSourceOptions {
  /** A connected client of `redis` or `ioredis`. */
  readonly client: RedisClient;
  /** Where the document is, as a text. */
  readonly key: string;
  /** A channel on which any message means that the document changed. Default: none, it is polled only. */
  readonly channel?: string;
  /** How the document is written. Default: as the key's extension says, else JSON or YAML by its looks. */
  readonly format?: DocumentFormat;
}

const rules: Readonly<Record<keyof RedisSourceOptions, OptionRule>> = {
  ...remoteSourceRules,
  client: optionRules.required(optionRules.withMethods('a client of redis or ioredis', ['get', 'duplicate'])),
  key: optionRules.required(optionRules.aText),
  channel: optionRules.aText,
  format: aFormat,
};

/**
 * Flags in a document under a key of Redis. With a channel, a change is in force as soon as it is published there; for
 * that the client is duplicated once.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function redisSource(options: RedisSourceOptions): Source {
  checkOptions('redisSource', options, rules);
  const { client, key, channel, format } = options;
  const platform = { clock: systemClock, digest: nodeDigest, address: redisAddress(client) };
  const place = { name: `redis key ${key}`, key, format };
  return new RedisSource({ ...remoteSourceDefaults(options), client, place, channel, ...platform });
}
