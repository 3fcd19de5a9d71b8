import type { Clock } from '@halyard/core';
import { messageOf, orAborted } from '@halyard/core';
import type { UsageEvent } from '../events/usage-events.ts';
import type { ExportResult, UsageBatch, UsageExporter } from '../ports/usage-exporter.ts';

/** An exporter that has not answered after this long has failed, in milliseconds. */
const EXPORT_TIMEOUT_MS = 30_000;
/** So many calls at most to find the bad events of one batch; more than a few are no accident. */
const MOST_CALLS = 64;

/** What became of the events of one batch. */
export interface Delivered {
  readonly sent: number;
  /** Given up, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
  /** To be sent again, in their order. */
  readonly left: readonly UsageEvent[];
  /** Why they are left, and how long to wait at least. */
  readonly failure?: { readonly why: string; readonly afterMs: number };
}

/** Gives events to an exporter, in parts where it does not take them whole. */
export class Delivery {
  readonly #exporter: UsageExporter;
  readonly #meta: UsageBatch['meta'];
  readonly #clock: Clock;

  constructor(exporter: UsageExporter, meta: UsageBatch['meta'], clock: Clock) {
    this.#exporter = exporter;
    this.#meta = meta;
    this.#clock = clock;
  }

  /** Never rejects. */
  async deliver(events: readonly UsageEvent[], signal: AbortSignal): Promise<Delivered> {
    const dropped = new Map<string, number>();
    const drop = (count: number, why: string): void => void dropped.set(why, (dropped.get(why) ?? 0) + count);
    const parts: (readonly UsageEvent[])[] = [events];
    let sent = 0;
    for (let calls = 0; parts.length > 0; calls++) {
      const part = parts.shift() as readonly UsageEvent[];
      const result = await this.#export(part, signal);
      if (result.status === 'retry') {
        const { why, afterMs = 0 } = result;
        return { sent, dropped, left: [...part, ...parts.flat()], failure: { why, afterMs } };
      }
      if (result.status === 'split' && part.length > 1 && calls < MOST_CALLS) {
        const middle = part.length >> 1;
        parts.unshift(part.slice(0, middle), part.slice(middle));
      } else if (result.status === 'accepted') sent += part.length;
      else drop(part.length, result.why);
    }
    return { sent, dropped, left: [] };
  }

  async #export(events: readonly UsageEvent[], signal: AbortSignal): Promise<ExportResult> {
    const limit = new AbortController();
    const timer = this.#clock.startTimer(EXPORT_TIMEOUT_MS, () =>
      limit.abort(new Error('the exporter did not answer')),
    );
    const either = AbortSignal.any([signal, limit.signal]);
    try {
      // an exporter of the user may know no results: whoever does not fail has accepted
      const work = (async () => this.#exporter.export({ meta: this.#meta, events }, either))();
      const result = (await orAborted(work, either)) as ExportResult | undefined;
      return result ?? { status: 'accepted' };
    } catch (error) {
      return { status: 'retry', why: messageOf(error) };
    } finally {
      timer.cancel();
    }
  }
}
