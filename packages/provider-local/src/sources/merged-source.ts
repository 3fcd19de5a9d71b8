import type { LoadedFlags, Source } from './source.ts';

/**
 * Several sources as one: of a flag that several define, the definition of the last source counts, whole. If one of
 * them cannot be read, the flags in force stay as they are. Layers go around merged sources, not into them.
 */
export function merged(...sources: readonly Source[]): Source {
  const loaded = new Map<Source, LoadedFlags>();
  let given: string | undefined;
  const loadOne = async (source: Source, signal: AbortSignal): Promise<LoadedFlags> => {
    const previous = loaded.get(source);
    const result = await source.load(previous?.version, signal);
    if (result !== 'unchanged') loaded.set(source, result);
    return result === 'unchanged' && previous !== undefined ? previous : (result as LoadedFlags);
  };
  const intervals = sources.map(({ pollIntervalMs }) => pollIntervalMs ?? 0).filter((interval) => interval > 0);
  const fingerprints = sources.map(({ fingerprint }) => fingerprint ?? '');
  return {
    ...(fingerprints.some((fingerprint) => fingerprint !== '') && { fingerprint: fingerprints.join('+') }),
    ...(intervals.length > 0 && { pollIntervalMs: Math.min(...intervals) }),
    settleMs: Math.max(0, ...sources.map(({ settleMs }) => settleMs ?? 0)),
    emptyAfterMs: Math.max(0, ...sources.map(({ emptyAfterMs }) => emptyAfterMs ?? 0)),
    describe: () => sources.map((source) => source.describe()).join(' + '),
    async load(previousVersion, signal) {
      // what was given before and is not in force was refused: nothing of it is to be relied on
      if (previousVersion !== given) loaded.clear();
      const parts = await Promise.all(sources.map((source) => loadOne(source, signal)));
      const version = JSON.stringify(parts.map((part) => part.version));
      given = version;
      if (version === previousVersion) return 'unchanged';
      const enrichment = Object.assign({}, ...parts.map((part) => part.enrichment)) as Record<string, unknown>;
      const documents = parts.flatMap((part) => part.documents);
      return { version, documents, ...(Object.keys(enrichment).length > 0 && { enrichment }) };
    },
    async watch(onChange, signal) {
      await Promise.all(sources.map(async (source) => source.watch?.(onChange, signal)));
    },
  };
}
