import type { Surroundings } from '../../dialect.ts';
import { enrichedReader } from '../../../context/attribute-reader.ts';
import { EnrichedAttributes } from '../enriched-attributes.ts';
import type { TimeOf } from './evaluation-time.ts';
import { evaluationTime } from './evaluation-time.ts';
import { TargetingCache } from '../targeting/targeting-cache.ts';

/** What the flags of one reader are compiled with. */
export interface Workshop {
  readonly surroundings: Surroundings;
  readonly targetings: TargetingCache;
  /** Time by the caller's context, for schedules and experimentation windows (goff-evaluation §4). */
  readonly callersTime: TimeOf;
  /** Time by the enriched context, for progressive rollouts. */
  readonly enrichedTime: TimeOf;
}

export function workshopIn(surroundings: Surroundings): Workshop {
  const { enrichment, enrichmentHasIntegers } = surroundings;
  return {
    surroundings,
    targetings: new TargetingCache(new EnrichedAttributes(enrichment, enrichmentHasIntegers)),
    callersTime: evaluationTime(enrichedReader('gofeatureflag', {}), surroundings),
    enrichedTime: evaluationTime(enrichedReader('gofeatureflag', enrichment), surroundings),
  };
}
