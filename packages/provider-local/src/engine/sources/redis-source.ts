import type { FlagDocument } from '../../sources/source.ts';
import type { StoredPlace } from '../../sources/stores/stored-document.ts';
import { storedDocument } from '../../sources/stores/stored-document.ts';
import type { StoreLimits } from './store-source.ts';
import { StoreSource } from './store-source.ts';

/** What is needed of a client of `redis` or `ioredis`; it stays the user's to connect and to close. */
export interface RedisClient {
  get(key: string): Promise<unknown>;
  /** A client with the same settings, for notices. */
  duplicate(): unknown;
}

/** A duplicate, of either library. */
interface Subscriber {
  on(event: string, listener: (...details: unknown[]) => void): unknown;
  subscribe(channel: string, listener?: () => void): Promise<unknown>;
  /** Of `redis`, where it has to be called. */
  connect?(): Promise<unknown>;
  destroy?(): void;
  disconnect?(): unknown;
}

export interface RedisParts extends StoreLimits {
  readonly client: RedisClient;
  readonly place: StoredPlace;
  /** Where a message means a change; none: polled only. */
  readonly channel: string | undefined;
}

const nothing = (): void => undefined;

/** Flags under a key of Redis, with notices over pub/sub. */
export class RedisSource extends StoreSource {
  readonly #parts: RedisParts;

  constructor(parts: RedisParts) {
    super(parts);
    this.#parts = parts;
  }

  describe(): string {
    return this.#parts.place.name;
  }

  /** On a connection of its own: one that listens can do nothing else. */
  async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const { client, channel } = this.#parts;
    if (channel === undefined || signal.aborted) return;
    const subscriber = (await client.duplicate()) as Subscriber;
    // without a listener an error would end the process; that Redis is away shows when the key is read
    subscriber.on('error', nothing);
    if (signal.aborted) return end(subscriber);
    // messages are not kept for those who are away
    subscriber.on('ready', onChange);
    signal.addEventListener('abort', () => end(subscriber), { once: true });
    try {
      await listen(subscriber, channel, { onChange, signal, isNodeRedis: 'isOpen' in client });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    // what was about to connect when it was ended may be connected now
    if (signal.aborted) end(subscriber);
  }

  protected async read(): Promise<FlagDocument> {
    const { client, place } = this.#parts;
    return storedDocument(place, await client.get(place.key));
  }
}

interface Listening {
  readonly onChange: () => void;
  readonly signal: AbortSignal;
  readonly isNodeRedis: boolean;
}

async function listen(
  subscriber: Subscriber,
  channel: string,
  { onChange, signal, isNodeRedis }: Listening,
): Promise<void> {
  if (isNodeRedis) {
    await subscriber.connect?.();
    if (signal.aborted) return;
    await subscriber.subscribe(channel, () => onChange());
    return;
  }
  subscriber.on('message', () => onChange());
  await subscriber.subscribe(channel);
}

/** `redis` has `destroy`, and throws if it is not connected; `ioredis` has `disconnect`. */
function end(subscriber: Subscriber): void {
  const letGo = async (): Promise<unknown> =>
    subscriber.destroy === undefined ? subscriber.disconnect?.() : subscriber.destroy();
  // it may not be connected, which some versions throw and others reject with
  letGo().catch(nothing);
}
