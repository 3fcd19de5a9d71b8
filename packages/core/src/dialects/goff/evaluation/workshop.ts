import type { Surroundings } from '../../dialect.ts';
import { EnrichedAttributes } from '../enriched-attributes.ts';
import { TargetingCache } from './targeting-cache.ts';

/** What the flags of one reader are compiled with. */
export interface Workshop {
  readonly surroundings: Surroundings;
  readonly targetings: TargetingCache;
}

export function workshopIn(surroundings: Surroundings): Workshop {
  return { surroundings, targetings: new TargetingCache(new EnrichedAttributes(surroundings.enrichment)) };
}
