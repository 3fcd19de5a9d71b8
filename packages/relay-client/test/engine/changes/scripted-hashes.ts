import { HalyardError } from '@halyard/core';
import type { FlagHashes, HashSource } from '../../../src/index.ts';

/** The hash endpoint of a relay: what a test writes into `flags`, or a failure. */
export class ScriptedHashes implements HashSource {
  flags: Record<string, number> = { one: 1, two: 2 };
  failure: HalyardError | undefined;
  /** When checks began. */
  readonly checks: number[] = [];
  /** Holds answers back; they tell of the time when they are let go. */
  gate: Promise<void> | undefined;
  readonly #elapsed: () => number;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  async flagHashes(etag: string | undefined, signal: AbortSignal): Promise<FlagHashes | 'unchanged'> {
    this.checks.push(this.#elapsed());
    const { failure } = this;
    const current = JSON.stringify(this.flags);
    await this.gate;
    signal.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (etag === current) return 'unchanged';
    const flags = new Map(Object.entries(JSON.parse(current) as Record<string, number>));
    return { etag: current, hash: flags.size, flags };
  }
}

export const unreachable: HalyardError = new HalyardError('NETWORK_FAILED', 'no relay');
export const notThere: HalyardError = new HalyardError('RESPONSE_INVALID', 'no hashes here', {
  details: { status: 404 },
});
export const keyRefused: HalyardError = new HalyardError('AUTHENTICATION_FAILED', 'wrong key', {
  details: { status: 401 },
});
