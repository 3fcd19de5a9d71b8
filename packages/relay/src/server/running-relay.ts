import type { Clock, Listeners } from '@halyard/core';
import { HalyardError, messageOf } from '@halyard/core';
import type { LocatedDiagnostic } from '@halyard/provider-local/engine';
import type { HttpFront } from '../platform/node/http-front.ts';
import type { FlagSetStatus, Relay, RelayEvent } from './relay.ts';
import type { RunningSupply } from './supplies.ts';

interface RunningRelayParts {
  readonly supplies: readonly RunningSupply[];
  readonly front: HttpFront;
  readonly listeners: Listeners<RelayEvent>;
  readonly clock: Clock;
  readonly shutdownTimeoutMs: number;
}

/** A relay from its start to its end. */
export class RunningRelay implements Relay {
  readonly #parts: RunningRelayParts;
  #host = '';
  #port = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: RunningRelayParts) {
    this.#parts = parts;
  }

  get url(): string {
    const host = this.#host.includes(':') ? `[${this.#host}]` : this.#host;
    return `http://${host}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** @throws HalyardError `NETWORK_FAILED`; everything is let go of then */
  async listen(host: string, port: number): Promise<void> {
    this.#host = host;
    try {
      this.#port = await this.#parts.front.listen(port, host);
    } catch (error) {
      await stopAll(this.#parts.supplies, 0);
      const message = `cannot listen on ${host}:${port}: ${messageOf(error)}`;
      throw new HalyardError('NETWORK_FAILED', message, { cause: error });
    }
  }

  async reload(): Promise<void> {
    await Promise.all(this.#parts.supplies.map(({ supply }) => supply.reload()));
  }

  status(): readonly FlagSetStatus[] {
    return this.#parts.supplies.map(({ supply, engine }) => ({
      flagSet: supply.name,
      flags: supply.flags?.all().length ?? 0,
      source: engine.status(),
    }));
  }

  diagnostics(): readonly LocatedDiagnostic[] {
    return this.#parts.supplies.flatMap(({ engine }) => engine.diagnostics());
  }

  on(listener: (event: RelayEvent) => unknown): () => void {
    return this.#parts.listeners.add(listener);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const { front, clock, shutdownTimeoutMs, supplies } = this.#parts;
    const limit = new AbortController();
    const timer = clock.startTimer(shutdownTimeoutMs, () => limit.abort(), 'holds the process');
    await front.close(limit.signal);
    timer.cancel();
    await stopAll(supplies, shutdownTimeoutMs);
  }
}

async function stopAll(supplies: readonly RunningSupply[], limitMs: number): Promise<void> {
  await Promise.all(supplies.map(({ supply }) => supply.stop(limitMs)));
}
