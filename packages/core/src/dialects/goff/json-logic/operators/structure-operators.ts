import { arithmeticNumber } from '../conversions.ts';
import type { Operator, Run, Site } from '../json-logic-node.ts';
import { onOperand } from '../operand.ts';
import { FAILED } from '../special-values.ts';
import { isObject, isScalar, type JsonObject } from '../value-kinds.ts';
import { wellFormed } from '../../../../text/well-formed-text.ts';
import { variableNamed } from './variable-operator.ts';

function merged(value: unknown, run: Run): unknown {
  if (isScalar(value)) return [value];
  if (!Array.isArray(value)) return FAILED;
  let size = value.length;
  for (const part of value) if (Array.isArray(part)) size += part.length;
  run.stepsLeft -= size;
  return run.stepsLeft < 0 ? FAILED : value.flat();
}

/** The names, in their order, whose variables are null. */
function missingOf(names: readonly unknown[], site: Site, data: unknown, run: Run): unknown[] | typeof FAILED {
  const missing: unknown[] = [];
  for (const name of names) {
    if (--run.stepsLeft < 0) return FAILED;
    const value = variableNamed(name, site, data, run);
    if (value === FAILED) return FAILED;
    if (value === null) missing.push(name);
  }
  return missing;
}

const missing: Operator = (operand, site) => {
  const node = site.compile(operand);
  const inner = site.deeper();
  return (data, run) => {
    const value = node(data, run);
    const names = typeof value === 'string' ? [value] : value;
    return Array.isArray(names) ? missingOf(names, inner, data, run) : FAILED;
  };
};

/** How many are wanted, as the integer amd64 makes of it: what does not fit is less than any count. */
const wantedCount = (count: number): number => (Math.abs(count) < 2 ** 63 ? Math.trunc(count) : -1);

const missingSome: Operator = (operand, site) => {
  const node = site.compile(operand);
  const inner = site.deeper();
  return (data, run) => {
    const values = node(data, run);
    if (!Array.isArray(values)) return FAILED;
    const wanted = arithmeticNumber(values[0], run);
    if (wanted === FAILED || values.length < 2) return FAILED;
    const names: unknown = values[1];
    if (!Array.isArray(names)) return [];
    const absent = missingOf(names, inner, data, run);
    if (absent === FAILED) return FAILED;
    return wantedCount(wanted) > names.length - absent.length ? absent : [];
  };
};

function withProperty(object: JsonObject, name: string, value: unknown): JsonObject {
  // Without a prototype, so that __proto__ is a name like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const other of Object.keys(object)) copy[other] = object[other];
  copy[name] = value;
  return copy;
}

const set: Operator = (operand, site) => {
  const node = site.compile(operand);
  const inner = site.deeper();
  return (data, run) => {
    const values = node(data, run);
    if (values === FAILED) return FAILED;
    if (!Array.isArray(values)) return null;
    const object: unknown = values[0] ?? null;
    const name: unknown = values[1];
    if (values.length < 3 || !isObject(object) || typeof name !== 'string') return object;
    const value = inner.evaluate(values[2], data, run);
    if (value === FAILED) return FAILED;
    run.stepsLeft -= Object.keys(object).length;
    return run.stepsLeft < 0 ? FAILED : withProperty(object, wellFormed(name), value);
  };
};

export const structureOperators: readonly (readonly [string, Operator])[] = [
  ['merge', (operand, site) => onOperand(operand, site, merged)],
  ['missing', missing],
  ['missing_some', missingSome],
  ['set', set],
];
