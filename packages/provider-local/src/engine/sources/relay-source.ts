import type { Clock } from '@halyard/core';
import type { ChangeFollower, ChangeFollowerEvents, ClosableTransport, RelayClient } from '@halyard/relay-client';
import type { Digest } from '../../ports/digest.ts';
import type { LoadedFlags, Source } from '../../sources/source.ts';
import { FULL_READ_MS } from './full-read.ts';

/** What a {@link RelaySource} works with. */
export interface RelaySourceParts {
  /** The relay's address, without anything secret. */
  readonly shown: string;
  readonly client: RelayClient;
  /** The client's, to let go of connections by. */
  readonly transport: ClosableTransport;
  /** Makes a follower of the relay's changes; none where it is only polled. */
  readonly follower: ((events: ChangeFollowerEvents) => ChangeFollower) | undefined;
  /** Which flags; all if empty. */
  readonly flags: readonly string[];
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly fingerprint: string;
}

const nothing = (): void => undefined;

/**
 * The flags of a relay, with the attributes that it merges over contexts (goff-relay-protocol §3.3). A change is loaded
 * as soon as the relay pushes it. As with an HttpSource, a tag counts only while its content is in force.
 */
export class RelaySource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly fingerprint: string;
  readonly #parts: RelaySourceParts;
  #followers = 0;
  /** What was read, with its tag, and when, on the monotonic clock. */
  #known: { readonly version: string; readonly etag: string | undefined; readonly readAt: number } | undefined;

  constructor(parts: RelaySourceParts) {
    this.#parts = parts;
    this.pollIntervalMs = parts.pollIntervalMs;
    this.emptyAfterMs = parts.emptyAfterMs;
    this.fingerprint = parts.fingerprint;
  }

  describe(): string {
    return `relay ${this.#parts.shown}`;
  }

  async load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { client, clock, digest, flags: wanted } = this.#parts;
    const answer = await client.flagConfiguration(this.#tagOf(previousVersion), signal, wanted);
    if (answer === 'unchanged') return answer;
    const { text, flags, evaluationContextEnrichment: enrichment } = answer;
    const version = digest(text);
    this.#known = { version, etag: answer.etag, readAt: clock.elapsed() };
    if (version === previousVersion) return 'unchanged';
    return { version, documents: [{ origin: this.describe(), definitions: flags }], enrichment };
  }

  #tagOf(version: string | undefined): string | undefined {
    const known = this.#known;
    if (known === undefined || known.version !== version) return undefined;
    return this.#parts.clock.elapsed() - known.readAt < FULL_READ_MS ? known.etag : undefined;
  }

  /** A notice that is not confirmed is worth a look already: if nothing changed, it costs an answer without a body. */
  watch(onChange: () => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#followers++;
    const follower = this.#parts.follower?.({
      modeChanged: (mode) => (mode === 'none' ? undefined : onChange()),
      suspected: onChange,
      changed: onChange,
      confirmed: nothing,
      failed: nothing,
    });
    follower?.start();
    const close = (): void => {
      follower?.stop();
      if (--this.#followers === 0) this.#parts.transport.close?.().catch(nothing);
    };
    signal.addEventListener('abort', close, { once: true });
  }
}
