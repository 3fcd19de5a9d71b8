import type { Clock } from '@halyard/core';
import { messageOf, orAborted } from '@halyard/core';
import type { UsageEvent } from '../events/usage-events.ts';
import type { ExportResult, UsageBatch, UsageExporter } from '../ports/usage-exporter.ts';

/** An exporter that has not answered after this long has failed, in milliseconds. */
const EXPORT_TIMEOUT_MS = 30_000;
/** So many calls at most for one batch; what is left then is the beginning of the next one. */
const MOST_CALLS = 64;
/** The longest pause an exporter may ask for, in milliseconds. */
const LONGEST_PAUSE_MS = 3_600_000;

/** What became of the events of one batch. */
export interface Delivered {
  readonly sent: number;
  /** Given up, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
  /** To be sent again, in their order. */
  readonly left: readonly UsageEvent[];
  /** Why they are left, and how long to wait at least; undefined if they only did not come to their turn. */
  readonly failure?: { readonly why: string; readonly afterMs: number };
}

/** Gives events to an exporter, in parts where it does not take them whole. */
export class Delivery {
  readonly #exporter: UsageExporter;
  readonly #meta: UsageBatch['meta'];
  readonly #clock: Clock;
  /** The size of a part that is most likely taken, from what was taken before. */
  #partSize = Infinity;

  constructor(exporter: UsageExporter, meta: UsageBatch['meta'], clock: Clock) {
    this.#exporter = exporter;
    this.#meta = meta;
    this.#clock = clock;
  }

  /** Never rejects. */
  async deliver(events: readonly UsageEvent[], signal: AbortSignal): Promise<Delivered> {
    const dropped = new Map<string, number>();
    const drop = (count: number, why: string): void => void dropped.set(why, (dropped.get(why) ?? 0) + count);
    const parts = partsOf(events, this.#partSize);
    let [sent, largest, isSplit] = [0, 0, false];
    for (let calls = 0; parts.length > 0 && calls < MOST_CALLS; calls++) {
      const part = parts.shift() as readonly UsageEvent[];
      const result = await this.#export(part, signal);
      if (result.status === 'retry') {
        const failure = { why: result.why, afterMs: pauseFrom(result.afterMs) };
        return { sent, dropped, left: [...part, ...parts.flat()], failure };
      }
      if (result.status === 'split' && part.length > 1) {
        isSplit = true;
        parts.unshift(...partsOf(part, Math.ceil(part.length / 2)));
      } else if (result.status === 'accepted') {
        sent += part.length;
        largest = Math.max(largest, part.length);
      } else drop(part.length, result.why);
    }
    const left = parts.flat();
    if (left.length > 0 && sent === 0) {
      // a receiver that takes nothing is not asked about every single event
      drop(left.length, 'the receiver takes none of them');
      return { sent, dropped, left: [] };
    }
    this.#partSize = isSplit ? Math.max(largest, 1) : this.#partSize * 2;
    return { sent, dropped, left };
  }

  async #export(events: readonly UsageEvent[], signal: AbortSignal): Promise<ExportResult> {
    const limit = new AbortController();
    const timer = this.#clock.startTimer(EXPORT_TIMEOUT_MS, () =>
      limit.abort(new Error('the exporter did not answer')),
    );
    const either = AbortSignal.any([signal, limit.signal]);
    try {
      const work = (async () => this.#exporter.export({ meta: this.#meta, events }, either))();
      return resultFrom(await orAborted<unknown>(work, either));
    } catch (error) {
      return { status: 'retry', why: messageOf(error) };
    } finally {
      timer.cancel();
    }
  }
}

/** An exporter of the user may know no results: whoever does not fail, and says nothing else, has accepted. */
function resultFrom(value: unknown): ExportResult {
  const { status, why } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<string, unknown>
  >;
  if (status !== 'retry' && status !== 'split' && status !== 'dropped') return { status: 'accepted' };
  return { ...(value as ExportResult), status, why: typeof why === 'string' ? why : 'the exporter does not say why' };
}

/** Exporters are somebody else's: what they ask for may be no number. */
function pauseFrom(afterMs: unknown): number {
  return typeof afterMs === 'number' && afterMs > 0 ? Math.min(afterMs, LONGEST_PAUSE_MS) : 0;
}

function partsOf(events: readonly UsageEvent[], size: number): (readonly UsageEvent[])[] {
  if (events.length <= size) return [events];
  const parts: (readonly UsageEvent[])[] = [];
  for (let begin = 0; begin < events.length; begin += size) parts.push(events.slice(begin, begin + size));
  return parts;
}
