export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isScalar(value: unknown): value is boolean | number | string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Truth inside a rule (goff-evaluation §11.2). NaN is true, empty arrays and objects are not. */
export function isTruthy(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value.length > 0;
    case 'object':
      if (value === null) return false;
      return Array.isArray(value) ? value.length > 0 : countNames(value) > 0;
    default:
      return false;
  }
}

/** How many properties an object has: 0, 1, or 2 for any more. Properties that are undefined are absent. */
export function countNames(object: object): number {
  let count = 0;
  for (const name in object) {
    if (!Object.hasOwn(object, name) || (object as JsonObject)[name] === undefined) continue;
    if (++count === 2) break;
  }
  return count;
}

/** The name of the first property of an object that has one. */
export function firstName(object: JsonObject): string | undefined {
  for (const name in object) if (Object.hasOwn(object, name) && object[name] !== undefined) return name;
  return undefined;
}
