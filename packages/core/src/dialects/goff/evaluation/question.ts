import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Instant } from '../../../time/instant.ts';
import type { Enrichment } from '../enriched-attributes.ts';

/** What an explanation is asked for. */
export interface Question {
  readonly context: EvaluationContext;
  readonly now: Instant;
  readonly enrichment: Enrichment;
}
