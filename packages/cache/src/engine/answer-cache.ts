import type { Clock, EvaluationContext } from '@halyard/core';
import { LRUCache } from 'lru-cache';
import type { KeptAnswer, PendingAnswer } from './flag-answers.ts';
import { FlagAnswers } from './flag-answers.ts';
import { Freshness } from './freshness.ts';

/** How much is kept, and for how long. */
export interface AnswerCacheOptions {
  /** The least recently used answer beyond this many is dropped. 0: none is kept, equal questions still share one call. */
  readonly maxEntries: number;
  /** How long an answer counts as fresh while nobody tells of changes, in milliseconds. */
  readonly ttlMs: number;
  /** How long an answer may still be served once it is no longer fresh, in milliseconds. */
  readonly staleTtlMs: number;
  readonly clock: Clock;
}

/** An answer that was asked for. */
export interface Loaded<A> {
  readonly answer: A;
  /** Whether it may be kept. */
  readonly cacheable: boolean;
}

/** A question that is being asked. */
export interface Flight<A> {
  readonly answer: Promise<A>;
  /** Whether somebody else asked first and this is their call. */
  readonly isShared: boolean;
}

/** What a cache has done since it was made. */
export interface CacheStats {
  /** Lookups answered with a fresh answer. */
  readonly hits: number;
  /** Lookups that found none. */
  readonly misses: number;
  /** How many of the misses were answered with an answer that is no longer fresh. */
  readonly staleHits: number;
  /** hits ÷ (hits + misses); 0 before the first lookup. */
  readonly hitRate: number;
  /** Answers kept now, stale ones included. */
  readonly size: number;
  /** Answers dropped to make room. */
  readonly evictions: number;
}

/**
 * Answers under flag and context. An answer is fresh until it is outdated, or, while changes are not followed, until
 * its TTL is over; then it is stale for a while, and dead after that.
 */
export class AnswerCache<A> {
  readonly #freshness: Freshness;
  readonly #flags = new Map<string, FlagAnswers<A>>();
  readonly #recent: LRUCache<KeptAnswer<A>, true> | undefined;
  #hits = 0;
  #misses = 0;
  #staleHits = 0;
  #evictions = 0;

  constructor(options: AnswerCacheOptions) {
    this.#freshness = new Freshness(options);
    const { maxEntries: max } = options;
    const dispose = (_: true, kept: KeptAnswer<A>, reason: string): void => {
      if (reason !== 'evict') return;
      this.#evictions++;
      this.#forget(kept);
    };
    this.#recent = max > 0 ? new LRUCache({ max, dispose }) : undefined;
  }

  /** The answer, if there is a fresh one. Counts as a hit or a miss. */
  fresh(flag: string, context: EvaluationContext): A | undefined {
    const kept = this.#flags.get(flag)?.kept.find(context);
    if (kept === undefined || !this.#freshness.isFresh(kept)) {
      this.#misses++;
      return undefined;
    }
    this.#hits++;
    this.#recent?.get(kept);
    return kept.answer;
  }

  /** The answer, fresh or stale, if there is one that is not dead: for when no better can be had. */
  stale(flag: string, context: EvaluationContext): A | undefined {
    const kept = this.#flags.get(flag)?.kept.find(context);
    if (kept === undefined) return undefined;
    if (this.#freshness.isDead(kept)) {
      this.#drop(kept);
      return undefined;
    }
    this.#staleHits++;
    this.#recent?.get(kept);
    return kept.answer;
  }

  /** Asks, unless the same question is already being asked, and keeps the answer if that is allowed. */
  ask(flag: string, context: EvaluationContext, load: () => Promise<Loaded<A>>): Flight<A> {
    const answers = this.#answersOf(flag);
    const shared = answers.pending(context);
    if (shared !== undefined) return { answer: shared.answer, isShared: true };
    // the caller's object may change after the call
    const own = { ...context };
    const pending: PendingAnswer<A> = {
      context: own,
      answer: load().then(({ answer, cacheable }) => {
        if (!pending.isOutdated) this.#replace(flag, own, cacheable ? answer : undefined);
        return answer;
      }),
      isOutdated: false,
    };
    answers.await(pending);
    const settle = (): void => {
      answers.settle(pending);
      this.#tidy(flag, answers);
    };
    pending.answer.finally(settle).catch(() => undefined);
    return { answer: pending.answer, isShared: false };
  }

  /** Something changed: answers of these flags, or of all, are fresh no longer, nor are those on their way. */
  outdate(flags?: readonly string[]): void {
    const { now } = this.#freshness;
    for (const flag of flags ?? this.#flags.keys()) {
      const answers = this.#flags.get(flag);
      answers?.outdate(now);
      if (answers !== undefined) this.#tidy(flag, answers);
    }
  }

  /** Nothing has changed up to now but what was told by `outdate`: the TTL counts from here. */
  confirm(): void {
    this.#freshness.confirm();
  }

  /** Whether every change is told at once: while it is, answers do not age. */
  follow(isFollowed: boolean): void {
    this.#freshness.follow(isFollowed);
  }

  /** Forgets all answers. What is on its way will not be kept. */
  clear(): void {
    this.outdate();
    this.#recent?.clear();
    this.#flags.clear();
  }

  stats(): CacheStats {
    const [hits, misses] = [this.#hits, this.#misses];
    return {
      hits,
      misses,
      staleHits: this.#staleHits,
      hitRate: hits === 0 ? 0 : hits / (hits + misses),
      size: this.#recent?.size ?? 0,
      evictions: this.#evictions,
    };
  }

  #answersOf(flag: string): FlagAnswers<A> {
    const known = this.#flags.get(flag);
    if (known !== undefined) return known;
    const answers = new FlagAnswers<A>();
    this.#flags.set(flag, answers);
    return answers;
  }

  #replace(flag: string, context: EvaluationContext, answer: A | undefined): void {
    const answers = this.#answersOf(flag);
    const previous = answers.kept.find(context);
    if (previous !== undefined) this.#drop(previous);
    if (answer === undefined || this.#recent === undefined) return;
    const kept = { flag, context, answer, storedAt: this.#freshness.now, staleSince: undefined };
    this.#answersOf(flag).keep(kept);
    this.#recent.set(kept, true);
  }

  #drop(kept: KeptAnswer<A>): void {
    this.#recent?.delete(kept);
    this.#forget(kept);
  }

  #forget(kept: KeptAnswer<A>): void {
    const answers = this.#flags.get(kept.flag);
    answers?.kept.remove(kept);
    if (answers !== undefined) this.#tidy(kept.flag, answers);
  }

  /** A flag about which nothing is known or asked takes no room: keys may be typos, or an attack. */
  #tidy(flag: string, answers: FlagAnswers<A>): void {
    if (answers.isEmpty && this.#flags.get(flag) === answers) this.#flags.delete(flag);
  }
}
