import type { EvaluationContext } from '../../context/evaluation-context.ts';
import type { AttributeReader, Attributes } from './attributes.ts';

/** Attributes merged over every context, as GO Feature Flag's `evaluationContextEnrichment`. */
export type Enrichment = Readonly<Record<string, unknown>>;

/** The targeting key, `""` if there is none. A number is no key (goff-evaluation §8). */
export function targetingKeyOf(context: EvaluationContext): string {
  const key: unknown = context.targetingKey;
  return typeof key === 'string' ? key : '';
}

/** Reads one attribute of the enriched context, without the three that every evaluation sets itself. */
export function enrichedReader(name: string, enrichment: Enrichment): AttributeReader {
  if (Object.hasOwn(enrichment, name)) {
    const value = enrichment[name];
    return () => value;
  }
  // a checked context has no other properties that are not its own, and asking costs as much as reading
  if (name in Object.prototype) return (context) => (Object.hasOwn(context, name) ? context[name] : undefined);
  return (context) => context[name];
}

/** The attributes that targeting rules see when contexts are enriched. */
export class EnrichedAttributes implements Attributes {
  readonly #enrichment: Enrichment;
  readonly #enrichmentHasIntegers: boolean;

  /** @param enrichmentHasIntegers as of a relay that reads its enrichment from a YAML file (goff-evaluation §8) */
  constructor(enrichment: Enrichment, enrichmentHasIntegers: boolean = false) {
    this.#enrichment = enrichment;
    this.#enrichmentHasIntegers = enrichmentHasIntegers;
  }

  readerOf(name: string): AttributeReader {
    if (name === 'key' || name === 'targetingKey') return targetingKeyOf;
    const read = enrichedReader(name, this.#enrichment);
    return name === 'anonymous' ? (context) => read(context) === true : read;
  }

  hasIntegers(name: string): boolean {
    return this.#enrichmentHasIntegers || !Object.hasOwn(this.#enrichment, name);
  }

  all(context: EvaluationContext): Record<string, unknown> {
    const key = targetingKeyOf(context);
    const own = { key, targetingKey: key, anonymous: this.readerOf('anonymous')(context) };
    // fromEntries defines properties, so that an attribute called __proto__ stays an attribute
    const sources = [context, this.#enrichment, own];
    return Object.fromEntries(sources.flatMap((source) => Object.entries(source)));
  }
}
