import { MAX_DEPTH, MAX_JSON_DEPTH } from './json-logic-limits.ts';
import { readJson } from './rule-json.ts';
import { isObject } from './value-kinds.ts';

/** A targeting rule in JsonLogic, read from its text. */
export interface JsonLogicRule {
  readonly value: unknown;
  /** The rule nests beyond {@link MAX_DEPTH}: it never matches, and whoever loads the flag should say so. */
  readonly tooDeep: boolean;
}

/**
 * Reads a rule whose lines have been joined (goff-evaluation §10.1). Undefined when the text is neither a JSON object
 * nor `null` for the relay, and so belongs to the query language.
 */
export function parseJsonLogic(joinedText: string): JsonLogicRule | undefined {
  // an exception for each ordinary query would cost more than everything else that is done with it
  if (!/^\s*[{n]/.test(joinedText)) return undefined;
  const json = readJson(joinedText);
  if (json === undefined || json.depth > MAX_JSON_DEPTH) return undefined;
  if (json.value !== null && !isObject(json.value)) return undefined;
  return { value: json.value, tooDeep: json.depth > MAX_DEPTH };
}
