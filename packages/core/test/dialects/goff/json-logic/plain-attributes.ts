import type { EvaluationContext } from '../../../../src/context/evaluation-context.ts';
import type { AttributeReader } from '../../../../src/context/attribute-reader.ts';
import type { Attributes } from '../../../../src/dialects/goff/attributes.ts';

const own = (context: EvaluationContext, name: string): unknown =>
  Object.hasOwn(context, name) ? context[name] : undefined;

const keyOf: AttributeReader = (context) => (typeof context.targetingKey === 'string' ? context.targetingKey : '');
const isAnonymous: AttributeReader = (context) => own(context, 'anonymous') === true;

/** Attributes without enrichment, written down as goff-evaluation §8 says, and a count of how often all were read. */
export function plainAttributes(): Attributes & { readonly wholes: () => number } {
  let wholes = 0;
  return {
    readerOf(name) {
      if (name === 'anonymous') return isAnonymous;
      return name === 'key' || name === 'targetingKey' ? keyOf : (context) => own(context, name);
    },
    hasIntegers: () => true,
    all(context) {
      wholes++;
      const key = keyOf(context);
      return { ...context, anonymous: isAnonymous(context), key, targetingKey: key };
    },
    wholes: () => wholes,
  };
}
