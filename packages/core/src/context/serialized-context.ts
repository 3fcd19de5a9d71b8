import type { EvaluationContext } from './evaluation-context.ts';

/** Objects and arrays inside each other; the same number the WASM build of GO Feature Flag allows. */
const DEEPEST = 128;
/** Attributes and array elements altogether. */
const MOST_VALUES = 100_000;

interface Walk {
  /** The objects between the context and the current value, to find circles. */
  readonly path: object[];
  values: number;
}

/**
 * A copy of a context as it would be after JSON serialisation, with own properties only.
 *
 * @throws Error with a message for the user: circular, deeper than 128 levels, over 100,000 values, BigInt inside,
 *   or whatever a getter or `toJSON` threw
 */
export function serializedContext(context: EvaluationContext): EvaluationContext {
  const copy = serialized(context, '', { path: [], values: 0 });
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) throw new Error('the context is not an object');
  // without a prototype, so that reading an attribute never finds somebody else's
  return Object.assign(Object.create(null) as object, copy) as EvaluationContext;
}

/** @returns undefined for what JSON leaves out */
function serialized(input: unknown, key: string, walk: Walk): unknown {
  if (++walk.values > MOST_VALUES) throw new Error(`the context has more than ${MOST_VALUES} values`);
  const value = unwrapped(replaced(input, key));
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value + 0 : null;
    case 'object':
      return value === null ? null : serializedObject(value, walk);
    case 'bigint':
      throw new Error('the context holds a BigInt');
    default:
      return undefined;
  }
}

/** `toJSON`, as Dates and many classes have it. */
function replaced(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
  return typeof toJson === 'function' ? (toJson.call(value, key) as unknown) : value;
}

function unwrapped(value: unknown): unknown {
  const isWrapper = value instanceof String || value instanceof Number || value instanceof Boolean;
  return isWrapper ? value.valueOf() : value;
}

function serializedObject(value: object, walk: Walk): unknown {
  if (walk.path.includes(value)) throw new Error('the context is circular');
  if (walk.path.length >= DEEPEST) throw new Error(`the context is nested deeper than ${DEEPEST} levels`);
  walk.path.push(value);
  const copy = Array.isArray(value) ? serializedArray(value, walk) : serializedProperties(value, walk);
  walk.path.pop();
  return copy;
}

function serializedArray(value: readonly unknown[], walk: Walk): unknown[] {
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    copy.push(serialized(value[index], String(index), walk) ?? null);
  }
  return copy;
}

function serializedProperties(value: object, walk: Walk): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const inner = serialized((value as Record<string, unknown>)[name], name, walk);
    if (inner === undefined) continue;
    if (name === '__proto__') Object.defineProperty(copy, name, { value: inner, enumerable: true });
    else copy[name] = inner;
  }
  return copy;
}
