import type { EvaluationContext } from '@halyard/core';
import { canonicalText } from './canonical-text.ts';
import { sameContext } from './same-context.ts';

/** Something that belongs to a context. */
export interface WithContext {
  readonly context: EvaluationContext;
}

type Bucket<V> = V[] | Map<string, V>;

/** So many contexts with one targeting key are compared one by one; more of them are found by their text. */
const MOST_COMPARED = 8;

const keyOf = (context: EvaluationContext): string | undefined => {
  const key: unknown = context.targetingKey;
  return typeof key === 'string' ? key : undefined;
};

/**
 * Values by context. Contexts are compared as a whole and never hashed, so that two that differ can never be taken for
 * one another. The targeting key, which most contexts have to themselves, leads to the few to compare with.
 */
export class ContextTable<V extends WithContext> {
  readonly #buckets = new Map<string | undefined, Bucket<V>>();

  get isEmpty(): boolean {
    return this.#buckets.size === 0;
  }

  find(context: EvaluationContext): V | undefined {
    const bucket = this.#buckets.get(keyOf(context));
    if (bucket === undefined) return undefined;
    if (!Array.isArray(bucket)) return bucket.get(canonicalText(context));
    for (const value of bucket) if (sameContext(value.context, context)) return value;
    return undefined;
  }

  /** Adds a value for whose context there is none yet. */
  add(value: V): void {
    const key = keyOf(value.context);
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, [value]);
    else if (!Array.isArray(bucket)) bucket.set(canonicalText(value.context), value);
    else if (bucket.length < MOST_COMPARED) bucket.push(value);
    else this.#buckets.set(key, new Map([...bucket, value].map((one) => [canonicalText(one.context), one])));
  }

  /** Takes this very value out; nothing happens if it is not there. */
  remove(value: V): void {
    const key = keyOf(value.context);
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return;
    if (Array.isArray(bucket)) {
      const index = bucket.indexOf(value);
      if (index >= 0) bucket.splice(index, 1);
    } else {
      const text = canonicalText(value.context);
      if (bucket.get(text) === value) bucket.delete(text);
    }
    if ((Array.isArray(bucket) ? bucket.length : bucket.size) === 0) this.#buckets.delete(key);
  }

  *values(): Generator<V> {
    for (const bucket of this.#buckets.values()) yield* bucket.values();
  }
}
