import type { Clock, Logger, Timer } from '@halyard/core';
import { messageOf, orAborted } from '@halyard/core';
import type { EventExporter, ExportedEvent } from '../ports/event-exporter.ts';

/** What an event pipeline is made of. */
export interface EventPipelineParts {
  readonly exporter: EventExporter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long events wait for company, in milliseconds. */
  readonly flushIntervalMs: number;
  /** Events kept at most; what comes on top is dropped. */
  readonly maxBuffer: number;
  dropped(count: number): void;
}

/** How long one export may take, in milliseconds. */
const EXPORT_TIMEOUT_MS = 30_000;

const tooLate = new Error('the exporter did not take the events in time');

/** Brings events to an exporter, in batches, one after the other. */
export class EventPipeline {
  readonly #parts: EventPipelineParts;
  #waiting: ExportedEvent[] = [];
  #exporting: Promise<void> | undefined;
  #timer: Timer | undefined;
  readonly #ending = new AbortController();

  constructor(parts: EventPipelineParts) {
    this.#parts = parts;
  }

  add(event: ExportedEvent): void {
    const { clock, flushIntervalMs, maxBuffer, dropped } = this.#parts;
    if (this.#waiting.length >= maxBuffer) return dropped(1);
    this.#waiting.push(event);
    this.#timer ??= clock.startTimer(flushIntervalMs, () => void this.flush());
  }

  /** Exports what waits. Never rejects: what the exporter refuses is dropped, and counted. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#exporting !== undefined) await this.#exporting;
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#exporting = this.#export(batch).finally(() => (this.#exporting = undefined));
    await this.#exporting;
  }

  /** Exports what waits and gives up after `limitMs`. Never rejects. */
  async close(limitMs: number): Promise<void> {
    const limit = this.#parts.clock.startTimer(limitMs, () => this.#ending.abort(tooLate), 'holds the process');
    await this.flush();
    limit.cancel();
  }

  async #export(batch: readonly ExportedEvent[]): Promise<void> {
    const { exporter, clock, logger, dropped } = this.#parts;
    const limit = new AbortController();
    const timer = clock.startTimer(EXPORT_TIMEOUT_MS, () => limit.abort(tooLate));
    const signal = AbortSignal.any([limit.signal, this.#ending.signal]);
    try {
      await orAborted(Promise.resolve(exporter.export(batch, signal)), signal);
    } catch (error) {
      dropped(batch.length);
      logger.warn(`${batch.length} events were not exported: ${messageOf(error)}`);
    } finally {
      timer.cancel();
    }
  }
}
