import { messageOf } from '../errors/halyard-error.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { serializedContext } from './serialized-context.ts';

/** A context that can be evaluated, or why it cannot. */
export type CheckedContext = EvaluationContext | ContextFault;

/** Why a context cannot be evaluated. */
export class ContextFault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const objectPrototype = Object.prototype;

/**
 * Whether every attribute is a text, boolean, null, or a number that JSON can hold: the usual context, which needs
 * no copy and cannot be circular.
 */
function isFlat(context: object): boolean {
  if (Object.getPrototypeOf(context) !== objectPrototype) return false;
  for (const name in context) {
    const value: unknown = (context as Record<string, unknown>)[name];
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'undefined':
        continue;
      case 'number':
        // neither NaN nor infinite, and not -0, which JSON turns into 0
        if (value - value === 0 && (value !== 0 || 1 / value > 0)) continue;
        return false;
      default:
        if (value !== null) return false;
    }
  }
  return !isPolluted();
}

/** Whether somebody made properties of `Object.prototype` that every object would seem to have. */
function isPolluted(): boolean {
  for (const _name in objectPrototype) return true;
  return false;
}

/**
 * Makes sure that a context holds JSON values only, so that evaluation never meets anything else. Flat contexts are
 * returned as they are. Others are copied as JSON serialisation would (goff-evaluation §8): Dates become text, NaN
 * null, functions disappear.
 *
 * Attributes of the result can be read without asking whether they are its own, but for the names that
 * `Object.prototype` has by itself.
 *
 * @returns a {@link ContextFault} for circular contexts, getters that throw, BigInt, and contexts over the limits of
 *   {@link serializedContext}
 */
export function checkContext(context: EvaluationContext): CheckedContext {
  if (typeof context !== 'object' || context === null) return new ContextFault('the context is not an object');
  try {
    return isFlat(context) ? context : serializedContext(context);
  } catch (error) {
    return new ContextFault(messageOf(error));
  }
}
