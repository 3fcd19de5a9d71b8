import type { Clock, EngineEvent, FlagChange, HalyardError } from '@halyard/core';
import type { LocalEngine } from '@halyard/provider-local/engine';
import type { DefinitionChange } from '../answers/written-definition.ts';
import type { ExportedEvent } from '../ports/event-exporter.ts';
import { Audience } from './audience.ts';
import type { EventPipeline } from './event-pipeline.ts';
import type { ServedMemory } from './served-flags.ts';
import { ServedFlags } from './served-flags.ts';

/** What a flag supply is made of. */
export interface FlagSupplyParts {
  /** The name of its flag set; `default` where there are no flag sets. */
  readonly name: string;
  readonly engine: LocalEngine;
  /** Where events go; nowhere by default. */
  readonly events: EventPipeline | undefined;
  readonly enrichment: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  /** Is told of every load that made a difference. */
  changed(changes: readonly DefinitionChange[]): void;
  /** Is told when the flags cannot be loaded, once per cause. */
  failed(error: HalyardError): void;
}

/** The flags behind some of the keys: one flag set, or all there is. */
export class FlagSupply {
  readonly name: string;
  readonly enrichment: Readonly<Record<string, unknown>>;
  /** Those who follow this supply alone. */
  readonly audience: Audience = new Audience();
  readonly #parts: FlagSupplyParts;
  readonly #memory: ServedMemory = new WeakMap();
  #served: ServedFlags | undefined;
  #refreshed: { readonly elapsed: number; readonly at: number } | undefined;

  constructor(parts: FlagSupplyParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.enrichment = parts.enrichment;
    parts.engine.on((event) => this.#heard(event));
  }

  /** The flags in force; undefined until they could be loaded for the first time. */
  get flags(): ServedFlags | undefined {
    const { flags } = this.#parts.engine;
    if (flags !== this.#served?.set) this.#served = flags && new ServedFlags(flags, this.#memory);
    return this.#served;
  }

  /** When the flags were last confirmed, in milliseconds since 1970; undefined for never. */
  get refreshedAt(): number | undefined {
    const { engine, clock } = this.#parts;
    const status = engine.status();
    if (!('ageMs' in status)) return undefined;
    const elapsedThen = clock.elapsed() - status.ageMs;
    // told once for each load, or it would be a millisecond earlier or later whenever it is asked for
    if (this.#refreshed === undefined || Math.abs(elapsedThen - this.#refreshed.elapsed) >= 1) {
      this.#refreshed = { elapsed: elapsedThen, at: Math.round(clock.now() - status.ageMs) };
    }
    return this.#refreshed.at;
  }

  /** Loads the flags and follows their source. Rejects if they cannot be had; goes on trying all the same. */
  async start(signal: AbortSignal): Promise<void> {
    await this.#parts.engine.start(signal);
    // held from now on, so that the first change has something to be compared with
    void this.flags;
  }

  /** Loads the flags now. Rejects if that fails; the flags in force stay. */
  reload(): Promise<void> {
    return this.#parts.engine.reload();
  }

  /** @returns whether the flags could be loaded */
  async refresh(): Promise<boolean> {
    return this.#parts.engine.reload().then(
      () => true,
      () => false,
    );
  }

  record(event: ExportedEvent): void {
    this.#parts.events?.add(event);
  }

  /** Lets go of everything and exports what waits, within `limitMs`. */
  async stop(limitMs: number): Promise<void> {
    await this.#parts.engine.stop();
    await this.#parts.events?.close(limitMs);
  }

  #heard(event: EngineEvent): void {
    if (event.type === 'failure') return this.#parts.failed(event.error);
    if (event.type !== 'changed') return undefined;
    const before = this.#served;
    const after = this.flags;
    const changes = event.changes.flatMap((change) => definitionChange(change, before, after));
    if (changes.length > 0) this.#parts.changed(changes);
    return undefined;
  }
}

/** A change as far as the relay's clients can see it: refused flags are not there, other white space is no change. */
function definitionChange(
  { flag }: FlagChange,
  before: ServedFlags | undefined,
  after: ServedFlags | undefined,
): readonly DefinitionChange[] {
  const change = { flag, before: before?.find(flag)?.definition, after: after?.find(flag)?.definition };
  return change.before?.text === change.after?.text ? [] : [change];
}
