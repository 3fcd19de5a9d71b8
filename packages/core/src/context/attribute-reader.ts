import type { EvaluationContext } from './evaluation-context.ts';

/** Reads one attribute of a checked context; null or undefined when it is absent. */
export type AttributeReader = (context: EvaluationContext) => unknown;

/** Attributes merged over every context, as GO Feature Flag's `evaluationContextEnrichment`. */
export type Enrichment = Readonly<Record<string, unknown>>;

/** Reads one top-level attribute of the enriched context, as it is. */
export function enrichedReader(name: string, enrichment: Enrichment): AttributeReader {
  if (Object.hasOwn(enrichment, name)) {
    const value = enrichment[name];
    return () => value;
  }
  // a checked context has no other properties that are not its own, and asking costs as much as reading
  if (name in Object.prototype) return (context) => (Object.hasOwn(context, name) ? context[name] : undefined);
  return (context) => context[name];
}

/** Follows a dotted path through the objects of the enriched context, own properties only. */
export function pathReader(path: string, enrichment: Enrichment): AttributeReader {
  const [first = '', ...rest] = path.split('.');
  const readFirst = enrichedReader(first, enrichment);
  if (rest.length === 0) return readFirst;
  return (context) => {
    let value = readFirst(context);
    for (const name of rest) {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (!isObject || !Object.hasOwn(value as object, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  };
}
