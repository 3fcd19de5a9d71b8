import type { Clock, Logger, Random, Timer } from '@halyard/core';
import { backoffDelay } from '@halyard/core';
import type { UsageEvent } from '../events/usage-events.ts';
import type { UsageBatch, UsageExporter } from '../ports/usage-exporter.ts';
import { Delivery } from './delivery.ts';
import { DropReport } from './drop-report.ts';
import { within } from './within.ts';

/** How much is kept, and when it is sent. */
export interface PipelineLimits {
  /** How often what has gathered is sent, in milliseconds, ±10 %. */
  readonly flushIntervalMs: number;
  /** So many events are sent at once; as soon as there are as many, they are. */
  readonly maxBatch: number;
  /** So many events are kept at most, those on their way included. More are dropped and counted. */
  readonly maxBuffer: number;
}

/** What a pipeline is made of. */
export interface PipelineParts extends PipelineLimits {
  readonly exporter: UsageExporter;
  /** Goes with every batch. */
  readonly meta: UsageBatch['meta'];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Is told of dropped events, gathered: not of each. */
  readonly onDropped?: ((count: number, why: string) => void) | undefined;
}

/** What a flush came to. */
export interface FlushResult {
  /** Events that arrived during it. */
  readonly sent: number;
  /** Events that still wait. */
  readonly left: number;
}

/** What a pipeline has done since it was made. */
export interface PipelineStats extends FlushResult {
  readonly dropped: number;
}

const retryLimits = { initialMs: 1_000, maxMs: 60_000 };
const DEFAULT_DEADLINE_MS = 3_000;

/** Gathers usage events and sends them in batches, one at a time. Events arrive at least once, or are counted as dropped. */
export class EventPipeline {
  readonly #parts: PipelineParts;
  readonly #delivery: Delivery;
  readonly #drops: DropReport;
  #waiting: UsageEvent[] = [];
  #onTheirWay = 0;
  #sent = 0;
  #failures = 0;
  #isOpen = false;
  #draining: Promise<void> | undefined;
  #timer: Timer | undefined;
  #aborting = new AbortController();
  #closing: Promise<void> = Promise.resolve();

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#delivery = new Delivery(parts.exporter, parts.meta, parts.clock);
    this.#drops = new DropReport(parts.logger, parts.onDropped);
  }

  /** Begins to take events. Nothing happens if it already does. */
  start(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#aborting = new AbortController();
    this.#schedule();
  }

  /** Takes an event; a closed pipeline takes none. */
  add(event: UsageEvent): void {
    if (!this.#isOpen) return;
    const { maxBatch, maxBuffer } = this.#parts;
    if (this.#waiting.length + this.#onTheirWay >= maxBuffer) return this.#drops.count(1, 'the buffer is full');
    this.#waiting.push(event);
    // while sending fails, only the timer tries again
    if (this.#waiting.length >= maxBatch && this.#draining === undefined && this.#failures === 0) void this.#drain();
  }

  /** Counts an event that could not be made. */
  refuse(why: string): void {
    if (this.#isOpen) this.#drops.count(1, why);
  }

  /**
   * Sends what has gathered, now. Never rejects.
   *
   * @param deadlineMs how long to wait at most, 3,000 by default; sending goes on after that
   */
  async flush({ deadlineMs = DEFAULT_DEADLINE_MS }: { readonly deadlineMs?: number } = {}): Promise<FlushResult> {
    const sentBefore = this.#sent;
    await within(this.#parts.clock, deadlineMs, this.#drainAfresh());
    return { sent: this.#sent - sentBefore, left: this.#left };
  }

  /** Sends what has gathered, for 3 seconds at most, and counts the rest as dropped. Never rejects. Idempotent. */
  close(): Promise<void> {
    if (this.#isOpen) this.#closing = this.#close();
    return this.#closing;
  }

  stats(): PipelineStats {
    return { sent: this.#sent, left: this.#left, dropped: this.#drops.total };
  }

  async #close(): Promise<void> {
    this.#isOpen = false;
    this.#timer?.cancel();
    await this.flush();
    if (this.#isOpen) return; // it was started again meanwhile
    this.#aborting.abort(new Error('closed'));
    while (this.#draining !== undefined) await this.#draining;
    this.#drops.count(this.#waiting.length, 'not sent before the end');
    this.#waiting = [];
    this.#drops.tell();
  }

  get #left(): number {
    return this.#waiting.length + this.#onTheirWay;
  }

  #schedule(): void {
    const { clock, random, flushIntervalMs } = this.#parts;
    this.#timer?.cancel();
    if (!this.#isOpen) return;
    this.#timer = clock.startTimer(flushIntervalMs * (0.9 + random() * 0.2), () => void this.#drain());
  }

  /** Sends until nothing is left, or sending fails. */
  #drain(): Promise<void> {
    if (this.#aborting.signal.aborted) return Promise.resolve();
    this.#draining ??= this.#sendAll().finally(() => {
      this.#draining = undefined;
      this.#drops.tell();
    });
    return this.#draining;
  }

  /** The same; whoever is at it already may have begun before the last event came. */
  async #drainAfresh(): Promise<void> {
    if (this.#draining !== undefined) await this.#draining;
    await this.#drain();
  }

  async #sendAll(): Promise<void> {
    let waitMs: number | undefined;
    while (this.#waiting.length > 0 && waitMs === undefined) waitMs = await this.#sendBatch();
    if (waitMs === undefined) return this.#schedule();
    this.#timer?.cancel();
    if (this.#isOpen) this.#timer = this.#parts.clock.startTimer(waitMs, () => void this.#drain());
  }

  /** @returns how long to wait before the next try, if this one failed */
  async #sendBatch(): Promise<number | undefined> {
    const { maxBatch, random, logger } = this.#parts;
    const batch = this.#waiting.splice(0, maxBatch);
    this.#onTheirWay = batch.length;
    const { sent, dropped, left, failure } = await this.#delivery.deliver(batch, this.#aborting.signal);
    this.#onTheirWay = 0;
    this.#sent += sent;
    for (const [why, count] of dropped) this.#drops.count(count, why);
    if (left.length > 0) this.#waiting = [...left, ...this.#waiting];
    if (failure === undefined) {
      if (this.#failures > 0) logger.info('usage data arrives again');
      this.#failures = 0;
      return undefined;
    }
    this.#failures++;
    if (this.#failures === 1) logger.warn(`usage data cannot be sent and is kept: ${failure.why}`);
    return Math.max(failure.afterMs, backoffDelay(this.#failures, retryLimits, random));
  }
}
