import type { EvaluationContext } from '@halyard/core';
import { ContextTable } from '../contexts/context-table.ts';

/** One answer that is kept. */
export interface KeptAnswer<A> {
  readonly flag: string;
  readonly context: EvaluationContext;
  readonly answer: A;
  /** When it came, on the monotonic clock. */
  readonly storedAt: number;
  /** When a notice outdated it; undefined while none has. */
  staleSince: number | undefined;
}

/** A question that is on its way. */
export interface PendingAnswer<A> {
  readonly context: EvaluationContext;
  readonly answer: Promise<A>;
  /** Whether a notice came meanwhile: the answer may be from before the change. */
  isOutdated: boolean;
}

/** What is known and asked about one flag. */
export class FlagAnswers<A> {
  readonly kept: ContextTable<KeptAnswer<A>> = new ContextTable();
  #pending = new ContextTable<PendingAnswer<A>>();
  #hasFresh = false;

  get isEmpty(): boolean {
    return this.kept.isEmpty && this.#pending.isEmpty;
  }

  pending(context: EvaluationContext): PendingAnswer<A> | undefined {
    return this.#pending.find(context);
  }

  keep(answer: KeptAnswer<A>): void {
    this.kept.add(answer);
    this.#hasFresh = true;
  }

  await(pending: PendingAnswer<A>): void {
    this.#pending.add(pending);
  }

  settle(pending: PendingAnswer<A>): void {
    this.#pending.remove(pending);
  }

  /** Everything known so far is out of date, and so is what is on its way. */
  outdate(now: number): void {
    if (!this.#pending.isEmpty) {
      for (const pending of this.#pending.values()) pending.isOutdated = true;
      this.#pending = new ContextTable();
    }
    // a flood of notices must not walk through the answers again and again
    if (!this.#hasFresh) return;
    for (const answer of this.kept.values()) answer.staleSince ??= now;
    this.#hasFresh = false;
  }
}
