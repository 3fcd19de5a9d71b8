import type { Node, Run, Site } from './json-logic-node.ts';
import { variable } from './operators/variable-operator.ts';
import { alwaysFails } from './operand.ts';
import { FAILED } from './special-values.ts';
import { isObject, type JsonObject } from './value-kinds.ts';

/** Gives a part of a condition with its outer variables replaced, the very same part when there are none. */
export type Replacement = (data: unknown, run: Run) => unknown;

/** Variables that the elements, not the outer data, are asked for. */
const isLeftAlone = (path: unknown): boolean => typeof path === 'string' && (path === '' || path.startsWith('.'));

function inArray(array: readonly unknown[], site: Site): Replacement | undefined {
  const parts = array.map((part) => replacementIn(part, site));
  if (parts.every((part) => part === undefined)) return undefined;
  return (data, run) => {
    let copy: unknown[] | undefined;
    for (let index = 0; index < parts.length; index++) {
      const value = parts[index]?.(data, run) ?? array[index];
      if (value === FAILED) return FAILED;
      if (value === array[index]) continue;
      copy ??= [...array];
      copy[index] = value;
    }
    if (copy !== undefined) run.stepsLeft -= copy.length;
    return copy ?? array;
  };
}

function copyOf(object: JsonObject): Record<string, unknown> {
  // Without a prototype, so that __proto__ is a name like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(object)) copy[name] = object[name];
  return copy;
}

function inObject(object: JsonObject, site: Site): Replacement | undefined {
  const names = Object.keys(object).filter((name) => name !== 'var' && object[name] !== undefined);
  const parts = names.map((name) => replacementIn(object[name], site));
  const path: unknown = Object.hasOwn(object, 'var') ? object['var'] : undefined;
  const read: Node | undefined = path === undefined || isLeftAlone(path) ? undefined : variable(path, site);
  if (read === undefined && parts.every((part) => part === undefined)) return undefined;
  return (data, run) => {
    // Upstream meets the names of an object in random order. An object that has others besides `var` may therefore
    // fail there where this one is replaced.
    const found = read === undefined ? null : read(data, run);
    if (found !== null) return found;
    let copy: Record<string, unknown> | undefined;
    for (let index = 0; index < parts.length; index++) {
      const name = names[index] as string;
      const value = parts[index]?.(data, run) ?? object[name];
      if (value === FAILED) return FAILED;
      if (value === object[name]) continue;
      copy ??= copyOf(object);
      copy[name] = value;
    }
    if (copy !== undefined) run.stepsLeft -= names.length;
    return copy ?? object;
  };
}

function replacementIn(value: unknown, site: Site): Replacement | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (site.tooDeep || site.run.stepsLeft < 0) return alwaysFails;
  site.run.stepsLeft--;
  const inner = site.deeper();
  return Array.isArray(value) ? inArray(value, inner) : isObject(value) ? inObject(value, inner) : undefined;
}

/**
 * Compiles the condition of `filter`, `all`, `some` and `none`: every variable that the outer data know is replaced
 * by its value first, and the result is the rule for the elements (goff-evaluation §11.4).
 */
export function replaceOuterVariables(condition: unknown, site: Site): Replacement {
  return replacementIn(condition, site) ?? (() => condition);
}
