import { MAX_JSON_DEPTH } from './json-logic-limits.ts';
import { operatorTable } from './operator-table.ts';
import { readJson } from './rule-json.ts';
import { countNames, firstName, isObject, isScalar, type JsonObject } from './value-kinds.ts';

const isPlainVariable = (object: JsonObject): boolean => {
  if (!Object.hasOwn(object, 'var')) return false;
  const path = object['var'];
  return path === null || typeof path === 'string' || typeof path === 'number';
};

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * Whether the relay would load a flag with this rule (goff-evaluation §11.5). The text is the one of the flag, before
 * its lines are joined.
 */
export function isAcceptedJsonLogic(textBeforeJoining: string): boolean {
  const json = readJson(textBeforeJoining);
  if (json === undefined || json.depth > MAX_JSON_DEPTH) return false;
  const pending: unknown[] = [json.value];
  // A list instead of recursion: rules may nest 10,000 deep.
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isScalar(value)) continue;
    if (Array.isArray(value)) {
      for (const part of value.filter(isContainer)) pending.push(part);
      continue;
    }
    if (!isObject(value)) return false;
    if (isPlainVariable(value) || countNames(value) > 1) continue;
    const name = firstName(value);
    if (name === undefined || !operatorTable.has(name)) return false;
    pending.push(value[name]);
  }
  return true;
}
