import type { FlagMetadata } from '@halyard/core';
import type { JsonObject } from './json-answer.ts';

/** How OFREP answers of the relay say that they may be cached (goff-relay-protocol §4.1). */
export const CACHEABLE = 'gofeatureflag_cacheable';

const none: FlagMetadata = Object.freeze({});

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * Metadata as OpenFeature has it: texts, numbers and booleans, and the flag's version where telemetry looks for it.
 * The mark of cacheable answers is not part of it; a defect of the relay leaves it in others too (§10).
 */
export function flagMetadataFrom(metadata: JsonObject | undefined, version: string | undefined): FlagMetadata {
  if (metadata === undefined && !version) return none;
  const entries = Object.entries(metadata ?? {}).filter(
    (entry): entry is [string, string | number | boolean] => isPlain(entry[1]) && entry[0] !== CACHEABLE,
  );
  if (version && !entries.some(([name]) => name === 'version')) entries.push(['version', version]);
  // fromEntries defines properties, so that one called __proto__ stays one
  return entries.length === 0 ? none : Object.freeze(Object.fromEntries(entries));
}
