import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Instant } from '../../../time/instant.ts';
import { parseInstant } from '../../../time/rfc3339.ts';
import type { AttributeReader } from '../../../context/attribute-reader.ts';
import type { Surroundings } from '../../dialect.ts';

/** The time that counts for a context: the one pinned, the context's own, or the clock's. */
export type TimeOf = (context: EvaluationContext, now: Instant | undefined) => Instant;

/**
 * Time as goff-evaluation §4 tells it: `gofeatureflag.currentDateTime` if it is a valid date, else now.
 *
 * @param read how `gofeatureflag` is read: from the caller's context, or from the enriched one
 */
export function evaluationTime(read: AttributeReader, surroundings: Surroundings): TimeOf {
  return (context, now) => {
    const specific = read(context);
    if (typeof specific === 'object' && specific !== null && Object.hasOwn(specific, 'currentDateTime')) {
      const text = (specific as Record<string, unknown>)['currentDateTime'];
      const instant = typeof text === 'string' ? parseInstant(text) : undefined;
      if (instant !== undefined) return instant;
    }
    return now ?? surroundings.now();
  };
}
