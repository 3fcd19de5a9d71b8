import { containersIn, isWritable } from './json-logic-answer.ts';
import { MAX_COMPILE_STEPS, MAX_STEPS } from './json-logic-limits.ts';
import type { DataSource } from './json-logic-node.ts';
import { ruleSite } from './rule-site.ts';
import { BARE_ZERO, FAILED } from './special-values.ts';

/** What a rule makes of data, or that it is an error. */
export type JsonLogicAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const error: JsonLogicAnswer = { ok: false };
const jsonSource: DataSource = { whole: (data) => data, readerOf: () => undefined };

const plainPart = (value: unknown, copies: ReadonlyMap<unknown, unknown>): unknown =>
  value === BARE_ZERO ? 0 : (copies.get(value) ?? value);

/** The value with the marks of evaluation replaced; the same value when it has none. */
function plainValue(value: unknown): unknown {
  if (value === BARE_ZERO) return 0;
  const containers = containersIn(value);
  if (!containers.some((container) => Object.values(container).includes(BARE_ZERO))) return value;
  const copies = new Map<unknown, object>(
    containers.map((container) => [container, Array.isArray(container) ? [] : Object.create(null)]),
  );
  for (const [container, copy] of copies) {
    for (const [name, part] of Object.entries(container as object)) {
      (copy as Record<string, unknown>)[name] = plainPart(part, copies);
    }
  }
  return copies.get(value);
}

/** Applies a rule to data, both any JSON value (goff-evaluation §11). Never throws. */
export function applyJsonLogic(rule: unknown, data: unknown): JsonLogicAnswer {
  const node = ruleSite(jsonSource, { stepsLeft: MAX_COMPILE_STEPS }).compile(rule);
  const run = { stepsLeft: MAX_STEPS };
  const value = node(data ?? null, run);
  if (value === FAILED || run.stepsLeft < 0 || !isWritable(value)) return error;
  return { ok: true, value: plainValue(value) };
}
