import type { Digest } from '../../ports/digest.ts';
import type { FlagDocument, LoadedFlags, Source } from '../../sources/source.ts';

/** What all sources over a store have; durations in milliseconds. */
export interface StoreLimits {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly digest: Digest;
}

/** Flags in a store that is read whole each time; the version is a digest of what is there. */
export abstract class StoreSource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly #digest: Digest;

  constructor({ pollIntervalMs, emptyAfterMs, digest }: StoreLimits) {
    this.pollIntervalMs = pollIntervalMs;
    this.emptyAfterMs = emptyAfterMs;
    this.#digest = digest;
  }

  abstract describe(): string;

  abstract watch(onChange: () => void, signal: AbortSignal): void | Promise<void>;

  /** What is there now. */
  protected abstract read(): Promise<FlagDocument>;

  async load(previousVersion: string | undefined): Promise<LoadedFlags | 'unchanged'> {
    const document = await this.read();
    const version = this.#digest(JSON.stringify(document));
    return version === previousVersion ? 'unchanged' : { version, documents: [document] };
  }
}
