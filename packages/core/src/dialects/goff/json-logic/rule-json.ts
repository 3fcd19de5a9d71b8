import { MAX_DEPTH, MAX_JSON_DEPTH } from './json-logic-limits.ts';
import { wellFormed, wellFormedReviver } from '../../../text/well-formed-text.ts';

interface ReadJson {
  readonly value: unknown;
  /** How many arrays and objects are around the innermost value. */
  readonly depth: number;
}

/** Only these make JSON.parse give numbers that Go's reader refuses, or text that it repairs. */
const LARGE_NUMBER = /\d[eE]|\d{309}/;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Depth of nesting, level by level so that no depth exhausts the stack; undefined when a number is infinite. */
function depthOf(value: unknown, checkNumbers: boolean): number | undefined {
  let depth = 0;
  let level = [value];
  for (;;) {
    if (checkNumbers && level.some((part) => part === Infinity || part === -Infinity)) return undefined;
    const containers = level.filter(isContainer);
    if (containers.length === 0 || depth > MAX_JSON_DEPTH) return depth;
    depth++;
    level = containers.flatMap((container): unknown[] => Object.values(container));
  }
}

/**
 * Reads JSON as the relay does: numbers out of range make it no JSON, unpaired surrogates, escaped or not, become
 * U+FFFD. Undefined for what is no JSON.
 */
export function readJson(text: string): ReadJson | undefined {
  try {
    const readable = wellFormed(text);
    const value: unknown = JSON.parse(readable);
    const depth = depthOf(value, LARGE_NUMBER.test(readable));
    if (depth === undefined) return undefined;
    // A reviver recurses, and rules that deep are not evaluated.
    const needsRepair = depth <= MAX_DEPTH && SURROGATE_ESCAPE.test(readable);
    return { value: needsRepair ? (JSON.parse(readable, wellFormedReviver) as unknown) : value, depth };
  } catch {
    return undefined;
  }
}
