import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { Instant } from '../../../time/instant.ts';
import type { Workshop } from './workshop.ts';

/** What an explanation is asked for, and what the flag was compiled with. */
export interface Question {
  readonly context: EvaluationContext;
  readonly now: Instant;
  readonly workshop: Workshop;
}
