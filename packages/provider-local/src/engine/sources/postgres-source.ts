import type { Random } from '@halyard/core';
import { backoffDelay } from '@halyard/core';
import type { FlagDocument } from '../../sources/source.ts';
import type { StoredPlace } from '../../sources/stores/stored-document.ts';
import { documentOfRows } from '../../sources/stores/stored-document.ts';
import type { StoreLimits } from './store-source.ts';
import { StoreSource } from './store-source.ts';

/** What is needed of a `Pool` or a connected `Client` of `pg`; it stays the user's to end. */
export interface PostgresClient {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
}

/** A connection that listens: the client itself, or one out of the pool. */
interface Listener extends PostgresClient {
  on(event: string, listener: (details?: { readonly channel?: unknown }) => void): unknown;
  off(event: string, listener: (details?: { readonly channel?: unknown }) => void): unknown;
  /** Of a pool's; true: not to be used again. */
  release?(isBroken: boolean): void;
}

export interface PostgresParts extends StoreLimits {
  readonly client: PostgresClient;
  readonly place: StoredPlace;
  readonly query: string;
  /** Where a notice means a change; none: polled only. */
  readonly channel: string | undefined;
  readonly random: Random;
}

const retryLimits = { initialMs: 1_000, maxMs: 60_000 };

const isPool = (client: object): client is { connect(): Promise<Listener> } => 'totalCount' in client;

/** Flags that a query gives, with notices by `LISTEN`. */
export class PostgresSource extends StoreSource {
  override readonly fingerprint: string;
  readonly #parts: PostgresParts;

  constructor(parts: PostgresParts) {
    super(parts);
    this.#parts = parts;
    const { digest, query, address } = parts;
    this.fingerprint = digest(address === undefined ? query : JSON.stringify([query, ...address]));
  }

  describe(): string {
    return this.#parts.place.name;
  }

  /** Of a pool, one connection is taken for as long as it is followed. */
  async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const { channel } = this.#parts;
    if (channel === undefined || signal.aborted) return;
    try {
      await this.#listen(channel, onChange, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#listenLater(channel, onChange, { signal, failures: 1 });
      throw error;
    }
  }

  protected async read(): Promise<FlagDocument> {
    const { client, place, query } = this.#parts;
    return documentOfRows(place, (await client.query(query)).rows);
  }

  async #listen(channel: string, onChange: () => void, signal: AbortSignal): Promise<void> {
    const { client } = this.#parts;
    const listener = isPool(client) ? await client.connect() : (client as Listener);
    const heard = (notice?: { readonly channel?: unknown }): void => {
      if (notice?.channel === channel) onChange();
    };
    const state = { isListening: false, isOver: false };
    const end = (): void => {
      if (state.isOver) return;
      state.isOver = true;
      signal.removeEventListener('abort', end);
      for (const event of ['error', 'end']) listener.off?.(event, lost);
      listener.off?.('notification', heard);
      letGo(listener, channel).catch(() => undefined);
    };
    const lost = (): void => {
      end();
      // otherwise whoever wanted it to listen tries again
      if (state.isListening) this.#listenLater(channel, onChange, { signal, failures: 1 });
    };
    signal.addEventListener('abort', end);
    listener.on('notification', heard);
    // the end of a connection of the user's own is the user's to mend
    if (listener.release !== undefined) for (const event of ['error', 'end']) listener.on(event, lost);
    if (signal.aborted) return end();
    try {
      await listener.query(`LISTEN ${quoted(channel)}`);
      if (state.isOver) throw new Error('the connection was lost');
      state.isListening = true;
    } catch (error) {
      end();
      if (!signal.aborted) throw error;
    }
  }

  /** Notices are not kept for those who are away, so the flags are read once it listens again. */
  #listenLater(
    channel: string,
    onChange: () => void,
    { signal, failures }: { readonly signal: AbortSignal; readonly failures: number },
  ): void {
    if (signal.aborted) return;
    const { clock, random } = this.#parts;
    const again = async (): Promise<void> => {
      signal.removeEventListener('abort', cancel);
      try {
        await this.#listen(channel, onChange, signal);
        onChange();
      } catch {
        this.#listenLater(channel, onChange, { signal, failures: failures + 1 });
      }
    };
    const timer = clock.startTimer(backoffDelay(failures, retryLimits, random), () => void again());
    const cancel = (): void => timer.cancel();
    signal.addEventListener('abort', cancel, { once: true });
  }
}

/** A connection of the pool's is not used again: what it is still to receive, nobody knows. */
async function letGo(listener: Listener, channel: string): Promise<void> {
  if (listener.release === undefined) {
    await listener.query(`UNLISTEN ${quoted(channel)}`);
    return;
  }
  listener.on('error', () => undefined);
  listener.release(true);
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
