import type { Clock } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { Digest } from '../../ports/digest.ts';
import type { FlagDocument, LoadedFlags, Source } from '../../sources/source.ts';
import type { ClientAddress } from '../../sources/stores/client-address.ts';
import { limitedExchange } from './limited-exchange.ts';

/** What all sources over a store have; durations in milliseconds. */
export interface StoreLimits {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  /** For a whole load. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly digest: Digest;
  /** Where the client leads to. */
  readonly address: ClientAddress;
}

/** Flags in a store that is read whole each time; the version is a digest of what is there. */
export abstract class StoreSource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly fingerprint?: string;
  readonly #limits: StoreLimits;

  constructor(limits: StoreLimits) {
    this.pollIntervalMs = limits.pollIntervalMs;
    this.emptyAfterMs = limits.emptyAfterMs;
    this.#limits = limits;
    if (limits.address !== undefined) this.fingerprint = limits.digest(JSON.stringify(limits.address));
  }

  abstract describe(): string;

  abstract watch(onChange: () => void, signal: AbortSignal): void | Promise<void>;

  /** What is there now. */
  protected abstract read(): Promise<FlagDocument>;

  async load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { clock, timeoutMs, digest } = this.#limits;
    const document = await limitedExchange(
      clock,
      signal,
      { limitMs: timeoutMs, error: () => tookTooLong(this.describe(), timeoutMs) },
      () => this.read(),
    );
    const version = digest(JSON.stringify(document));
    return version === previousVersion ? 'unchanged' : { version, documents: [document] };
  }
}

/** Why a load was given up. */
export function tookTooLong(name: string, limitMs: number): HalyardError {
  return new HalyardError('TIMED_OUT', `${name} did not answer within ${limitMs} ms`);
}
