import type { EvaluationContext } from '../context/evaluation-context.ts';
import type { Outcome } from '../resolution/outcome.ts';
import type { Resolution } from '../resolution/resolution.ts';

/** Takes note of what is evaluated and tracked. Stands on the hot path: cheap, no I/O, never throws. */
export interface UsageRecorder {
  /** Begins, or begins again after `close`. */
  start(): void;
  /** One evaluation: what the flag said, and what the caller got. */
  evaluated(flagKey: string, context: EvaluationContext, outcome: Outcome, resolution: Resolution): void;
  /** One tracking call; `details` as OpenFeature has them. */
  tracked(eventName: string, context: EvaluationContext, details: Readonly<Record<string, unknown>>): void;
  /** Sends what is left, within a deadline of its own, and lets go of everything. Never rejects. */
  close(): Promise<void>;
}
