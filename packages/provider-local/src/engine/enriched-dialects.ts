import type { Dialect } from '@halyard/core';
import { sameJson } from '@halyard/core';

/** The dialects that documents may be in. */
export type Dialects = readonly [Dialect, ...Dialect[]];

type Enrichment = Readonly<Record<string, unknown>>;

/** Dialects that know the attributes a source wants merged over contexts; the same ones as long as these are the same. */
export class EnrichedDialects {
  readonly #plain: Dialects;
  readonly #enrichedBy: ((enrichment: Enrichment) => Dialects) | undefined;
  #last: { readonly enrichment: Enrichment; readonly dialects: Dialects } | undefined;

  /** @param enrichedBy none: attributes of sources are not known of */
  constructor(plain: Dialects, enrichedBy: ((enrichment: Enrichment) => Dialects) | undefined) {
    this.#plain = plain;
    this.#enrichedBy = enrichedBy;
  }

  with(enrichment: Enrichment = {}): Dialects {
    if (this.#enrichedBy === undefined || Object.keys(enrichment).length === 0) return this.#plain;
    if (this.#last === undefined || !sameJson(this.#last.enrichment, enrichment)) {
      this.#last = { enrichment, dialects: this.#enrichedBy(enrichment) };
    }
    return this.#last.dialects;
  }
}
