// Reading JSON that somebody else wrote: own properties only, and every wrong type has a name.
import { describeValue, HalyardError } from '@halyard/core';

/** A JSON object; read it with {@link field} only, for its names are the sender's. */
export type JsonObject = Readonly<Record<string, unknown>>;

const BYTE_ORDER_MARK = '\ufeff';

/** An answer that is not what the protocol says. */
export function invalidAnswer(problem: string): HalyardError {
  return new HalyardError('RESPONSE_INVALID', problem);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; null counts as absent, as for the relay's own reader. */
export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}

/**
 * The object that a text holds.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function objectFrom(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    // the reader's own message quotes the text
    throw invalidAnswer(text.trim() === '' ? 'the answer is empty' : 'the answer is not JSON');
  }
  if (isJsonObject(value)) return value;
  throw invalidAnswer(`the answer is ${describeKind(value)}, expected an object`);
}

/** What something is, without showing it: answers may repeat what was sent. */
export function describeKind(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    default:
      return value === undefined ? 'nothing' : describeValue(value);
  }
}

function wrongField(name: string, value: unknown, expected: string): HalyardError {
  return invalidAnswer(`${name}: found ${describeKind(value)}, expected ${expected}`);
}

/** @throws HalyardError `RESPONSE_INVALID` if it is there and no text */
export function textField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongField(name, value, 'a text');
}

/** @throws HalyardError `RESPONSE_INVALID` if it is there and no boolean */
export function booleanField(object: JsonObject, name: string): boolean | undefined {
  const value = field(object, name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongField(name, value, 'a boolean');
}

/** @throws HalyardError `RESPONSE_INVALID` if it is not there, or no whole number from 0 on */
export function countField(object: JsonObject, name: string): number {
  const value = field(object, name);
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw wrongField(name, value, 'a whole number');
}

/** @throws HalyardError `RESPONSE_INVALID` if it is there and no object */
export function objectField(object: JsonObject, name: string): JsonObject | undefined {
  const value = field(object, name);
  if (value === undefined || isJsonObject(value)) return value;
  throw wrongField(name, value, 'an object');
}

/** @throws HalyardError `RESPONSE_INVALID` if it is not there, or no list */
export function listField(object: JsonObject, name: string): readonly unknown[] {
  const value = field(object, name);
  if (Array.isArray(value)) return value;
  throw wrongField(name, value, 'a list');
}
