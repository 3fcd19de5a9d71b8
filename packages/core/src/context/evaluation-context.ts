/**
 * What is known about the subject of an evaluation: OpenFeature's evaluation context.
 *
 * Attributes are own properties; anything JSON can hold, plus Dates, which are read as ISO 8601 text.
 */
export type EvaluationContext = { readonly targetingKey?: string } & Readonly<Record<string, unknown>>;
