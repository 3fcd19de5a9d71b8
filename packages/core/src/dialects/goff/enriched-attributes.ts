import type { AttributeReader, Enrichment } from '../../context/attribute-reader.ts';
import { enrichedReader } from '../../context/attribute-reader.ts';
import type { EvaluationContext } from '../../context/evaluation-context.ts';
import type { Attributes } from './attributes.ts';

/** The targeting key, `""` if there is none. A number is no key (goff-evaluation §8). */
export function targetingKeyOf(context: EvaluationContext): string {
  const key: unknown = context.targetingKey;
  return typeof key === 'string' ? key : '';
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
