import type { FlagDocument } from '../../sources/source.ts';
import type { StoredPlace } from '../../sources/stores/stored-document.ts';
import { storedDocument } from '../../sources/stores/stored-document.ts';
import type { StoreLimits } from './store-source.ts';
import { StoreSource } from './store-source.ts';

/** What is needed of an instance of `unstorage`, or anything like it. */
export interface FlagStorage {
  /** The text or the decoded value under a key; null or undefined if there is none. */
  getItem(key: string): unknown;
  /** Calls back on changes, with the kind of change and the key. Where the driver cannot, nothing happens. */
  watch?(onChange: (event: string, key: string) => void): Promise<() => unknown>;
}

export interface StorageParts extends StoreLimits {
  readonly storage: FlagStorage;
  readonly place: StoredPlace;
}

/** Keys are written with colons or slashes. */
const plainKey = (key: string): string => key.replace(/[/\\]+/g, ':');

/** Flags under a key of a storage. */
export class StorageSource extends StoreSource {
  readonly #parts: StorageParts;

  constructor(parts: StorageParts) {
    super(parts);
    this.#parts = parts;
  }

  describe(): string {
    return this.#parts.place.name;
  }

  async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const { storage, place } = this.#parts;
    if (signal.aborted) return;
    const own = plainKey(place.key);
    const unwatch: unknown = await storage.watch?.((_event, key) => {
      if (!signal.aborted && plainKey(key) === own) onChange();
    });
    // somebody's storage may have nothing to end by
    if (typeof unwatch !== 'function') return;
    const letGo = async (): Promise<unknown> => (unwatch as () => unknown)();
    const end = (): void => void letGo().catch(() => undefined);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  protected async read(): Promise<FlagDocument> {
    const { storage, place } = this.#parts;
    return storedDocument(place, await storage.getItem(place.key));
  }
}
