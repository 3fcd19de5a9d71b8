import type { FlagDefinition, PropertyNaming } from '@halyard/core';
import { describeValue, optionRules } from '@halyard/core';
import { undecodable } from './decoded-document.ts';

/**
 * The flags of a decoded document: its top-level members. null is an empty document.
 *
 * @throws HalyardError `SOURCE_INVALID` if it is anything but a mapping
 */
export function definitionsOf(origin: string, value: unknown, naming: PropertyNaming): Map<string, FlagDefinition> {
  const flags = new Map<string, FlagDefinition>();
  if (value === null) return flags;
  if (!optionRules.isPlainObject(value)) {
    throw undecodable(origin, `found ${describeValue(value)}, expected a mapping of flag keys to flags`);
  }
  for (const key of Object.keys(value)) flags.set(key, { definition: value[key], naming });
  return flags;
}
