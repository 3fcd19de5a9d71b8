import type { OptionRule } from '@halyard/core';
import { checkOptions, describeValue, invalidOptions, optionRules, systemClock } from '@halyard/core';
import { FlagCache } from '../engine/layers/flag-cache.ts';
import { LayeredSource } from '../engine/layers/layered-source.ts';
import { savedNameOf } from '../engine/source-name.ts';
import { nodeDigest } from '../platform/node/node-digest.ts';
import { nodeSavedText } from '../platform/node/node-saved-text.ts';
import { inlineSource } from '../sources/inline-source.ts';
import type { Source } from '../sources/source.ts';
import { isSource } from './provider-options.ts';

/** The options of {@link layered}. */
export interface LayeredOptions {
  /**
   * A file in which the last good flags of the sources are kept over a restart, in a folder that is there. Only its
   * owner may read it; it holds the flags and the sources' names. Default: none.
   */
  readonly cache?: string;
  /** Definitions for when neither a source nor the cache has flags. Default: none. */
  readonly bootstrap?: Readonly<Record<string, unknown>>;
  /** How long a source may take before one below it serves meanwhile, in milliseconds. Default 1,000. */
  readonly slowAfterMs?: number;
}

const rules: Readonly<Record<keyof LayeredOptions, OptionRule>> = {
  cache: optionRules.ruleOf('the path of a file', isPath),
  bootstrap: optionRules.ruleOf('definitions', optionRules.isPlainObject),
  slowAfterMs: optionRules.aDuration(0),
};

/**
 * Sources that stand in for each other: the first that has flags which can be used is in force, whole; then the cache,
 * then the bootstrap definitions, with both of which the provider is STALE. A source that recovers takes over again,
 * with the next poll (as often as the source that polls most often, else every minute) or its own notice. Flags in force stay until their own source or one above it has others. `status().layers` tells which is in force.
 *
 * @param sources the one that counts most first
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function layered(sources: readonly Source[], options: LayeredOptions = {}): Source {
  checkOptions('layered', options, rules);
  checkSources(sources);
  return layeredFrom(sources, options, options.slowAfterMs ?? 1_000);
}

function layeredFrom(sources: readonly Source[], options: LayeredOptions, slowAfterMs: number): LayeredSource {
  const { cache, bootstrap } = options;
  const warnings = { warn: (_message: string): void => undefined };
  return new LayeredSource({
    ...{ clock: systemClock, slowAfterMs, warnings, sources },
    cache: cache === undefined ? undefined : cacheAt(cache, sources, (message) => warnings.warn(message)),
    bootstrap: bootstrap && namedBootstrap(bootstrap),
    another: (shorter) => layeredFrom(sources, options, shorter),
  });
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0');
}

function checkSources(sources: unknown): void {
  if (!Array.isArray(sources) || sources.length === 0) {
    const found = Array.isArray(sources) ? 'an empty list' : describeValue(sources);
    throw invalidOptions('layered', [{ path: 'sources', found, expected: 'a list of sources, at least one' }]);
  }
  const faults = sources.flatMap((source: unknown, index) => {
    if (isSource(source)) return [];
    return [{ path: `sources[${index}]`, found: describeValue(source), expected: 'a source: fileSource(path), …' }];
  });
  if (faults.length > 0) throw invalidOptions('layered', faults);
}

function cacheAt(path: string, sources: readonly Source[], warn: (message: string) => void): FlagCache {
  const text = nodeSavedText(path);
  return new FlagCache({ text, clock: systemClock, digest: nodeDigest, sources: sources.map(savedNameOf), warn });
}

function namedBootstrap(definitions: Readonly<Record<string, unknown>>): Source {
  return { ...inlineSource(definitions), describe: () => 'bootstrap definitions' };
}
