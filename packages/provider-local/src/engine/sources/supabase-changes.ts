import type { Clock } from '@halyard/core';
import { HalyardError, messageOf } from '@halyard/core';
import { withoutKeys } from '../../sources/stores/hidden-keys.ts';

/** A channel of the client; it joins again by itself when the connection was lost, or the server refused. */
interface Channel {
  on(kind: string, filter: Readonly<Record<string, string>>, listener: (message: unknown) => void): Channel;
  subscribe(listener: (status: string, error?: unknown) => void): Channel;
}

/** The part of a client of `@supabase/supabase-js` that listens. */
interface Realtime {
  channel(topic: string): Channel;
  removeChannel(channel: Channel): Promise<unknown>;
}

/** What a {@link SupabaseChanges} is made of. */
export interface ChangesParts {
  readonly client: Realtime;
  readonly schema: string;
  readonly table: string;
  /** A name that no channel of the client has: channels of one name are one, and it cannot be followed twice. */
  readonly newTopic: () => string;
  readonly clock: Clock;
}

/** A channel that the server closed is never joined again by the client; this much later there is another one. */
const REOPEN_AFTER_MS = 10_000;

const nothing = (): void => undefined;

/** Whether a client can listen at all. */
export function canListen(client: object): client is Realtime {
  return 'channel' in client && 'removeChannel' in client;
}

/** Notices of the changes of a table, over a channel of the client. */
export class SupabaseChanges {
  readonly #parts: ChangesParts;
  readonly #onChange: () => void;
  readonly #signal: AbortSignal;
  #channel: Channel | undefined;
  #settle: { readonly works: () => void; readonly fails: (error: HalyardError) => void } = {
    ...{ works: nothing, fails: nothing },
  };

  constructor(parts: ChangesParts, onChange: () => void, signal: AbortSignal) {
    this.#parts = parts;
    this.#onChange = () => void (signal.aborted || onChange());
    this.#signal = signal;
  }

  /**
   * Listens until the signal fires. Resolves when it is known that notices come.
   *
   * @throws HalyardError `SOURCE_UNAVAILABLE` if none come at first; that is tried again all the same
   */
  async follow(): Promise<void> {
    const outcome = new Promise<void>((works, fails) => (this.#settle = { works, fails }));
    const end = (): void => {
      this.#settle.works();
      this.#leave();
    };
    this.#signal.addEventListener('abort', end, { once: true });
    this.#open();
    await outcome;
  }

  #open(): void {
    const { client, schema, table, newTopic } = this.#parts;
    try {
      const channel = client.channel(newTopic());
      this.#channel = channel;
      channel
        .on('postgres_changes', { event: '*', schema, table }, this.#onChange)
        .on('system', {}, (message) => this.#told(message))
        .subscribe((status, error) => this.#became(channel, status, error));
      // it may have fired from within
      if (this.#signal.aborted) this.#leave();
    } catch (error) {
      // no WebSocket, for instance: nothing that time would mend
      this.#fail(error);
      this.#leave();
    }
  }

  /** Joined is not yet listening: the server says so when it has found the table, and again when it had lost it. */
  #told(message: unknown): void {
    const { status, message: text } = (message ?? {}) as { readonly status?: unknown; readonly message?: unknown };
    if (status === 'error') this.#fail(text);
    if (status !== 'ok') return;
    this.#settle.works();
    this.#onChange();
  }

  #became(channel: Channel, status: string, error: unknown): void {
    if (this.#signal.aborted || channel !== this.#channel) return;
    // notices are not kept for those who are away
    if (status === 'SUBSCRIBED') return this.#onChange();
    this.#fail(error ?? status);
    if (status !== 'CLOSED') return;
    this.#channel = undefined;
    this.#parts.clock.startTimer(REOPEN_AFTER_MS, () => void (this.#signal.aborted || this.#open()));
  }

  #fail(reason: unknown): void {
    const said = withoutKeys(typeof reason === 'string' ? reason : messageOf(reason));
    const what = `realtime is refused or away (${said}), which is tried again`;
    this.#settle.fails(new HalyardError('SOURCE_UNAVAILABLE', what));
  }

  /** The connection is the client's, and stays. */
  #leave(): void {
    const channel = this.#channel;
    this.#channel = undefined;
    if (channel === undefined) return;
    const leave = async (): Promise<unknown> => this.#parts.client.removeChannel(channel);
    leave().catch(nothing);
  }
}
