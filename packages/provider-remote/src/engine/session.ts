import type { AnswerCache, Loaded } from '@halyard/cache';
import type { EvaluationContext, FlagChange, HalyardError, Outcome } from '@halyard/core';
import { HalyardError as Failure, isHalyardError } from '@halyard/core';
import type { ChangeFollower, ChangeFollowerEvents, FlagHashes, FollowedBy, RelayClient } from '@halyard/relay-client';
import { failureOutcome } from '../answers/failure-outcome.ts';
import { isAboutTheQuestion } from '../answers/failure-kinds.ts';
import type { RelayAnswer } from '../answers/relay-answer.ts';
import { relayAnswer, staleOutcome } from '../answers/relay-answer.ts';
import type { ContactParts } from './contact.ts';
import { Contact } from './contact.ts';
import { PendingWork } from './pending-work.ts';
import { ReplicaLag } from './replica-lag.ts';

/** How long evaluations under way may take when the session ends, in milliseconds. */
const GRACE_MS = 1_000;
/** A relay that comes and goes has its changes looked at no more often than this, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

/** What a session tells. */
export interface SessionEvents {
  /** The relay answers: for the first time, or again. */
  reached(): void;
  /** An exchange failed. */
  failed(error: HalyardError): void;
  /** The relay has not answered for a while. */
  lost(): void;
  changed(changes: readonly FlagChange[]): void;
}

/** What a session is made of. */
export interface SessionParts extends Pick<ContactParts, 'clock' | 'random'> {
  readonly client: RelayClient;
  readonly cache: AnswerCache<RelayAnswer>;
  readonly follow: (client: RelayClient, events: ChangeFollowerEvents) => ChangeFollower;
  /** Asks the relay for a sign of life: the hashes of its flags, if it has any. */
  readonly probe: (client: RelayClient, signal: AbortSignal) => Promise<FlagHashes | undefined>;
  /** What is sent of a context. */
  readonly enrich: (context: EvaluationContext) => EvaluationContext;
  readonly events: SessionEvents;
}

/** The time between a start and a stop: one client, its contact with the relay, and what it is told of changes. */
export class Session {
  readonly client: RelayClient;
  readonly #parts: SessionParts;
  readonly #contact: Contact;
  readonly #follower: ChangeFollower;
  readonly #pending = new PendingWork();
  readonly #lag: ReplicaLag;
  #hasHashes = false;
  /** When the relay was reached for the first time, or what follows changes was last told of it. */
  #retriedAt: number | undefined;

  constructor(parts: SessionParts) {
    const { client, clock, random, events } = parts;
    this.#parts = parts;
    this.client = client;
    const contactEvents = { ...events, reached: () => this.#reached() };
    this.#contact = new Contact({ probe: (signal) => this.#probe(signal), clock, random, events: contactEvents });
    this.#lag = new ReplicaLag(clock, (flags) => parts.cache.outdate(flags));
    this.#follower = parts.follow(client, this.#changeEvents());
  }

  /** How changes are learnt now. */
  get followedBy(): FollowedBy {
    return this.#follower.mode;
  }

  /** The relay's hash of its flags as last seen; undefined where it gives none. */
  get version(): string | undefined {
    return this.#follower.version;
  }

  /** Milliseconds since the relay last answered. */
  get ageMs(): number {
    return this.#contact.ageMs;
  }

  begin(): void {
    this.#contact.open();
    this.#follower.start();
  }

  /** Lets evaluations under way come to their end, but not for long. */
  async end(): Promise<void> {
    const { cache, clock } = this.#parts;
    this.#contact.close();
    this.#follower.stop();
    this.#lag.stop();
    cache.clear();
    cache.follow(false);
    await this.#pending.end(clock, GRACE_MS, new Failure('CLOSED', 'the provider was closed'));
  }

  /**
   * The answer that is kept, if it is fresh; or if the relay does not answer now, whatever is kept. If nothing is, and
   * nobody has answered several exchanges, why: nobody waits for another then. Undefined: the relay is to be asked.
   */
  known(key: string, context: EvaluationContext): Outcome | undefined {
    const fresh = this.#parts.cache.fresh(key, context);
    if (fresh !== undefined) return fresh.cached;
    if (!this.#contact.isFailing) return undefined;
    const kept = this.kept(key, context);
    if (kept !== undefined) return this.#contact.mayTry() ? undefined : kept;
    const why = this.#contact.whyAway();
    return why && failureOutcome(why);
  }

  /** What is kept, whatever its age: for when the relay cannot be asked. */
  kept(key: string, context: EvaluationContext): Outcome | undefined {
    const stale = this.#parts.cache.stale(key, context);
    return stale === undefined ? undefined : staleOutcome(stale);
  }

  /** Asks the relay, unless the same question is being asked already. Never rejects. */
  ask(key: string, context: EvaluationContext): Promise<Outcome> {
    const { answer, isShared } = this.#parts.cache.ask(key, context, () => this.#load(key, context));
    return answer.then(
      ({ asked, shared }) => (isShared ? shared : asked),
      (error: unknown) => this.kept(key, context) ?? failureOutcome(error),
    );
  }

  /** Asks for all flags, or those that `gofeatureflag.flagList` of the context names, unless nobody would answer. */
  askAll(context: EvaluationContext): Promise<ReadonlyMap<string, Outcome>> {
    const { client, enrich } = this.#parts;
    const why = this.#contact.whyAway();
    return why ? Promise.reject(why) : this.#exchange(() => client.evaluateAll(enrich(context)));
  }

  /** Whatever is kept is asked for again; what has changed is told. Rejects if the relay does not answer. */
  async refresh(): Promise<void> {
    this.#parts.cache.outdate();
    await this.#exchange(() => this.#follower.check());
  }

  async #load(key: string, context: EvaluationContext): Promise<Loaded<RelayAnswer>> {
    const { client, enrich } = this.#parts;
    const outcome = await this.#exchange(() => client.evaluate(key, enrich(context)));
    return { answer: relayAnswer(outcome), cacheable: outcome.cacheable };
  }

  async #exchange<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await this.#pending.run(work());
      this.#contact.succeeded();
      return result;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const hashes = await this.#parts.probe(this.client, signal);
    if (hashes === undefined || signal.aborted) return;
    this.#gotHashes();
    this.#follower.seen(hashes);
  }

  /** The first ones say what there is, not since when: what was answered before may be older. */
  #gotHashes(): void {
    if (!this.#hasHashes) this.#parts.cache.outdate();
    this.#hasHashes = true;
  }

  /** What follows changes may be in a long pause, as nothing told it that the relay is back. */
  #reached(): void {
    const now = this.#parts.clock.elapsed();
    const isBack = this.#retriedAt !== undefined && now - this.#retriedAt >= RETRY_AFTER_MS;
    if (isBack || this.#retriedAt === undefined) this.#retriedAt = now;
    if (isBack) this.#follower.retry();
    this.#parts.events.reached();
  }

  /** Only what says something about the relay counts: not a context that cannot be sent. */
  #failed(error: unknown): void {
    if (isHalyardError(error) && !isAboutTheQuestion(error)) this.#contact.failed(error);
  }

  #changeEvents(): ChangeFollowerEvents {
    const { cache, events } = this.#parts;
    return {
      modeChanged: () => cache.follow(false),
      suspected: (flags) => cache.outdate(flags),
      changed: (changes) => {
        cache.outdate(changes.map(({ flag }) => flag));
        this.#lag.changed(changes.map(({ flag }) => flag));
        events.changed(changes);
      },
      confirmed: () => {
        this.#gotHashes();
        cache.confirm();
        cache.follow(this.followedBy === 'websocket' || this.followedBy === 'sse');
        this.#contact.succeeded();
      },
      failed: (error) => this.#failed(error),
    };
  }
}
