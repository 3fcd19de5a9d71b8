import type { OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import type { FlagStorage } from '../../engine/sources/storage-source.ts';
import { StorageSource } from '../../engine/sources/storage-source.ts';
import { nodeDigest } from '../../platform/node/node-digest.ts';
import type { DocumentFormat, Source } from '../../sources/source.ts';
import { storageAddress } from '../../sources/stores/client-address.ts';
import type { RemoteSourceOptions } from '../remote-source-options.ts';
import { aFormat, remoteSourceDefaults, remoteSourceRules } from '../remote-source-options.ts';

/** The options of {@link storageSource}; each has a default. */
export interface StorageSourceOptions extends RemoteSourceOptions {
  /** How a text is written. Default: as the key's extension says, else JSON or YAML by its looks. */
  readonly format?: DocumentFormat;
}

const rules: Readonly<Record<keyof StorageSourceOptions, OptionRule>> = { ...remoteSourceRules, format: aFormat };
const aStorage = optionRules.withMethods('a storage like those of unstorage', ['getItem']);

/**
 * Flags under a key of a storage: an instance of `unstorage`, or anything with `getItem`. If it has `watch`, changes
 * are in force as soon as it tells of them.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function storageSource(storage: FlagStorage, key: string, options: StorageSourceOptions = {}): Source {
  const { required, aText } = optionRules;
  checkOptions('storageSource', { storage, key }, { storage: required(aStorage), key: required(aText) });
  checkOptions('storageSource', options, rules);
  const platform = { clock: systemClock, digest: nodeDigest, address: storageAddress(storage, key) };
  const place = { name: `storage key ${key}`, key, format: options.format };
  return new StorageSource({ ...remoteSourceDefaults(options), storage, place, ...platform });
}
