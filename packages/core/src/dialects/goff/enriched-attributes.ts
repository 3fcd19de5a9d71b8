import type { EvaluationContext } from '../../context/evaluation-context.ts';
import type { AttributeReader, Attributes } from './attributes.ts';

/** Attributes merged over every context, as GO Feature Flag's `evaluationContextEnrichment`. */
export type Enrichment = Readonly<Record<string, unknown>>;

/** The targeting key, `""` if there is none. A number is no key (goff-evaluation §8). */
export function targetingKeyOf(context: EvaluationContext): string {
  const key: unknown = Object.hasOwn(context, 'targetingKey') ? context.targetingKey : '';
  return typeof key === 'string' ? key : '';
}

/** Reads one attribute of the enriched context, without the three that every evaluation sets itself. */
export function enrichedReader(name: string, enrichment: Enrichment): AttributeReader {
  if (Object.hasOwn(enrichment, name)) {
    const value = enrichment[name];
    return () => value;
  }
  return (context) => (Object.hasOwn(context, name) ? context[name] : undefined);
}

function readerOf(name: string, enrichment: Enrichment): AttributeReader {
  if (name === 'key' || name === 'targetingKey') return targetingKeyOf;
  const read = enrichedReader(name, enrichment);
  return name === 'anonymous' ? (context) => read(context) === true : read;
}

function allAttributes(context: EvaluationContext, enrichment: Enrichment): Record<string, unknown> {
  const key = targetingKeyOf(context);
  const anonymous = readerOf('anonymous', enrichment)(context);
  const own = { key, targetingKey: key, anonymous };
  // fromEntries defines properties, so that an attribute called __proto__ stays an attribute
  return Object.fromEntries([...Object.entries(context), ...Object.entries(enrichment), ...Object.entries(own)]);
}

/** The attributes that targeting rules see when contexts are enriched with `enrichment`. */
export function enrichedAttributes(enrichment: Enrichment): Attributes {
  return {
    readerOf: (name) => readerOf(name, enrichment),
    hasIntegers: (name) => !Object.hasOwn(enrichment, name),
    all: (context) => allAttributes(context, enrichment),
  };
}
