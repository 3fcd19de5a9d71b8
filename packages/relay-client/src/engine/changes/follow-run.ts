import type { BackoffLimits, Clock, Logger, Random } from '@halyard/core';
import { guardedLogger, HalyardError } from '@halyard/core';
import type { ChangesMode, FollowedBy } from '../../changes/change-mode.ts';
import { checkFailureOf } from '../../changes/check-failure.ts';
import type { StreamRoute } from '../../changes/stream-routes.ts';
import type { PushStream } from '../../ports/push-stream.ts';
import { ChangeDesk } from './change-desk.ts';
import { CheckSchedule } from './check-schedule.ts';
import { clockUntil } from './clock-until.ts';
import { FailureTeller } from './failure-teller.ts';
import type { ChangeFollowerEvents } from './follower-events.ts';
import { guardedEvents } from './follower-events.ts';
import type { CheckResult, HashMemory, HashSource } from './hash-checker.ts';
import { HashChecker } from './hash-checker.ts';
import { ModeKeeper } from './mode-keeper.ts';
import type { ChannelParts } from './push-channel.ts';
import { PushChannel } from './push-channel.ts';
import { StreamConnection } from './stream-connection.ts';

/** Where a watched stream is up, polls are only a second safety net: this many times rarer. */
const RARER = 10;

/** What a run works with. */
export interface RunParts {
  readonly client: HashSource;
  readonly memory: HashMemory;
  readonly streams: readonly PushStream[];
  /** The best first; none where it is polled. */
  readonly routes: readonly StreamRoute[];
  readonly url: (route: StreamRoute) => string | Promise<string>;
  readonly mode: ChangesMode;
  readonly pollIntervalMs: number;
  readonly reconnect: BackoffLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly events: ChangeFollowerEvents;
}

/** One stretch of following, from a start to the next stop: puts the parts together. */
export class FollowRun {
  readonly #parts: RunParts;
  readonly #stopped = new AbortController();
  readonly #failures: FailureTeller;
  readonly #desk: ChangeDesk;
  readonly #checker: HashChecker;
  readonly #schedule: CheckSchedule;
  readonly #keeper: ModeKeeper;
  readonly #channel: PushChannel;

  constructor(given: RunParts) {
    const { signal } = this.#stopped;
    const parts = { ...given, clock: clockUntil(signal, given.clock), logger: guardedLogger(given.logger) };
    const events = guardedEvents(parts.events, signal, parts.logger);
    const check = (): void => void this.check();
    this.#parts = parts;
    this.#failures = new FailureTeller(events.failed);
    this.#desk = new ChangeDesk({ ...parts, events, check });
    const checking = (): void => this.#desk.checking();
    this.#checker = new HashChecker({ ...parts, signal, checking, checked: (result) => this.#checked(result) });
    this.#schedule = new CheckSchedule({ ...parts, interval: () => this.#interval(), check: () => this.#poll() });
    this.#keeper = new ModeKeeper({ ...parts, modeChanged: events.modeChanged, takeOver: check });
    this.#channel = new PushChannel({
      ...parts,
      isContent: parts.mode === 'auto',
      connect: (route) => this.#connect(route),
      relayAnswers: async () => isAnswer(await this.check()),
      events: this.#channelEvents(),
    });
  }

  get mode(): FollowedBy {
    return this.#keeper.mode;
  }

  /** Once. */
  start(): void {
    const { mode, logger, routes } = this.#parts;
    const { signal } = this.#stopped;
    if (mode === 'off') return;
    if (routes.length === 0) return this.#keeper.absent(mode === 'poll' ? '' : 'this runtime has none');
    this.#keeper.begin();
    this.#channel.run(signal).catch((error: unknown) => {
      if (!signal.aborted) logger.error('no change stream is looked for any more', error);
    });
  }

  /** Never rejects. */
  check(): Promise<CheckResult> {
    return this.#checker.check();
  }

  /** For good, and at once: nothing is told any more, nothing is left open. */
  stop(): void {
    this.#stopped.abort(new HalyardError('CLOSED', 'changes are no longer followed'));
  }

  #channelEvents(): ChannelParts['events'] {
    return {
      up: ({ route }, isProven) => {
        this.#failures.recovered('streams');
        this.#keeper.up(route.stream, isProven);
        this.#desk.reconnected();
        void this.check();
      },
      lost: (why) => this.#keeper.lost(why),
      absent: (why, isDenied) => {
        this.#keeper.absent(why);
        const denied = 'the relay refuses the API key (option apiKey) for its change streams';
        if (isDenied) this.#failures.failed('streams', new HalyardError('AUTHENTICATION_FAILED', denied));
      },
    };
  }

  #connect(route: StreamRoute): StreamConnection {
    const { clock, logger, streams, url } = this.#parts;
    const stream = streams.find(({ name }) => name === route.stream) as PushStream;
    let isWarned = false;
    const unreadable = (why: string): void => {
      if (!isWarned) logger.warn(`the change stream cannot be read in part (${why}): the flags are checked instead`);
      isWarned = true;
      this.#desk.unreadable();
    };
    const message = (text: string): void => {
      if (!this.#desk.pushed(text)) unreadable('no change message');
    };
    return new StreamConnection({ clock, stream, route, url: () => url(route), message, unreadable });
  }

  #checked(result: CheckResult): void {
    const failure = result.kind === 'failed' ? result.error : undefined;
    if (failure === undefined) this.#failures.recovered('checks');
    else this.#failures.failed('checks', failure);
    this.#keeper.checked(failure === undefined);
    this.#desk.checked(result, !this.#checker.hasNext);
    if (this.#keeper.isFollowing) this.#schedule.arm(failure);
  }

  #interval(): number | undefined {
    const { pollIntervalMs } = this.#parts;
    if (pollIntervalMs <= 0) return undefined;
    return this.#channel.current?.isWatched === true ? RARER * pollIntervalMs : pollIntervalMs;
  }

  #poll(): void {
    if (this.#desk.isStreamBehind) this.#channel.current?.close('it missed a change');
    void this.check();
  }
}

/** Whether the relay had a say in it, be it a refusal. */
function isAnswer(result: CheckResult): boolean {
  return result.kind !== 'failed' || checkFailureOf(result.error) !== 'unreachable';
}
