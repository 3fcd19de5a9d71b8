import { HalyardError } from '@halyard/core';

/** The largest answer that is read if nothing else is said: 16 MiB. */
export const LARGEST_BODY_BYTES: number = 16 * 1024 * 1024;

/** The bytes of an answer, up to a ceiling. */
export class BoundedBody {
  readonly mostBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** @returns false if that is more than an answer may have; then no more should come */
  add(chunk: Uint8Array): boolean {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > this.mostBytes) return false;
    this.#chunks.push(chunk);
    return true;
  }

  /** The bytes as they came. */
  get chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }

  /** Why an answer from this address was given up. */
  tooLarge(url: string): HalyardError {
    const { origin } = new URL(url);
    const message = `an answer from ${origin} has more than ${this.mostBytes} bytes, which is the limit`;
    return new HalyardError('RESPONSE_INVALID', message, { details: { origin, mostBytes: this.mostBytes } });
  }
}
