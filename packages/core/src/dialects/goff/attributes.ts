import type { AttributeReader } from '../../context/attribute-reader.ts';
import type { EvaluationContext } from '../../context/evaluation-context.ts';

/**
 * The attributes as targeting rules see them: context, enrichment on top, then `anonymous`, `key` and
 * `targetingKey` (goff-evaluation §8). Which of these a name comes from is known before any context is.
 */
export interface Attributes {
  readerOf(name: string): AttributeReader;
  /** Whether whole numbers of this attribute count as integers, which `in [1,2]` asks for (§8, §10.5). */
  hasIntegers(name: string): boolean;
  /** All attributes at once. The answer must not be changed. */
  all(context: EvaluationContext): Readonly<Record<string, unknown>>;
}
