import type { Clock, EvaluationContext, Outcome, Random, Resolution, UsageRecorder } from '@halyard/core';
import { evaluationEvent, trackingEvent } from '../events/usage-events.ts';
import type { FlushResult, PipelineStats } from './event-pipeline.ts';
import type { EventPipeline } from './event-pipeline.ts';

/** What a collector is made of. */
export interface CollectorParts {
  readonly pipeline: EventPipeline;
  readonly clock: Clock;
  readonly random: Random;
  /** Who decides, as in `PROVIDER_CACHE`, `INPROCESS`. */
  readonly source: string;
  /** The share of evaluations that is told, from 0 to 1. Default 1. Tracking calls are always told. */
  readonly sample?: number | undefined;
  /** The attributes of the context that tracking events carry. Default: all. */
  readonly attributes?: readonly string[] | undefined;
}

/** Turns what providers and hooks see into usage events. */
export class UsageCollector implements UsageRecorder {
  readonly #parts: CollectorParts;
  readonly #sample: number;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
    this.#sample = parts.sample ?? 1;
  }

  start(): void {
    this.#parts.pipeline.start();
  }

  /** Notes an evaluation, unless its flag says not to, or a backend has counted it. */
  evaluated(flagKey: string, context: EvaluationContext, outcome: Outcome, resolution: Resolution): void {
    if (!outcome.trackEvents) return;
    try {
      this.note(flagKey, context, resolution);
    } catch {
      this.#parts.pipeline.refuse('the context of an evaluation cannot be read');
    }
  }

  /** Notes an evaluation. */
  note(flagKey: string, context: EvaluationContext, resolution: Resolution): void {
    const { pipeline, clock, random, source } = this.#parts;
    if (this.#sample < 1 && random() >= this.#sample) return;
    pipeline.add(evaluationEvent({ flagKey, context, resolution, source }, clock.now()));
  }

  tracked(eventName: string, context: EvaluationContext, details: Readonly<Record<string, unknown>>): void {
    const { pipeline, clock, attributes } = this.#parts;
    const event = trackingEvent({ eventName, context, details }, clock.now(), attributes);
    if (event === undefined) pipeline.refuse('a tracking event is too large or no JSON');
    else pipeline.add(event);
  }

  flush(options?: { readonly deadlineMs?: number }): Promise<FlushResult> {
    return this.#parts.pipeline.flush(options);
  }

  stats(): PipelineStats {
    return this.#parts.pipeline.stats();
  }

  close(): Promise<void> {
    return this.#parts.pipeline.close();
  }
}
