import { HalyardError, messageOf } from '@halyard/core';
import type { Layering, LayerStatus, LoadedFlags, Source, Standing } from '../../sources/source.ts';
import { saysThereAreNoFlags } from '../emptiness-guard.ts';
import type { Attempted } from './layer.ts';
import { Layer } from './layer.ts';
import type { LayeredParts } from './layered-parts.ts';
import { LayerTroubles } from './layer-troubles.ts';

/** Where no layer polls: how often to see whether one above has recovered, in milliseconds. */
const POLL_INTERVAL_MS = 60_000;

/** Where flags are from. */
interface Origin {
  readonly layer: Layer;
  /** The layer's own. */
  readonly version: string;
}

/**
 * Several sources that stand in for each other: the first that has flags is in force, whole (rulesets §4). Once flags
 * are in force, they stay until their own layer or one above has others: a source that fails never hands over to one
 * below it, which may say something else altogether.
 */
export class LayeredSource implements Source, Layering {
  readonly pollIntervalMs: number;
  readonly layering: Layering = this;
  readonly #parts: LayeredParts;
  readonly #layers: readonly Layer[];
  readonly #changed = new Set<() => void>();
  /** Flags that were refused since the last round, by layer. */
  readonly #refused = new Set<Layer>();
  /** Of these, what was refused because it has no flags: better than nothing. */
  #empty: LoadedFlags | undefined;
  #lastResort: LoadedFlags | undefined;
  readonly #troubles: LayerTroubles;
  #isSameRound = false;
  readonly #origins = new WeakMap<LoadedFlags, Origin>();
  #inForce: Origin | undefined;

  constructor(parts: LayeredParts) {
    this.#parts = parts;
    const { sources, cache, bootstrap, clock } = parts;
    const saved = [cache, bootstrap].filter((source) => source !== undefined);
    const late = (): void => this.#changed.forEach((onChange) => onChange());
    this.#layers = [...sources, ...saved].map((source) => new Layer(source, clock, late));
    this.#troubles = new LayerTroubles((message) => parts.warnings.warn(message));
    const intervals = sources.map(({ pollIntervalMs }) => pollIntervalMs ?? 0).filter((interval) => interval > 0);
    this.pollIntervalMs = intervals.length > 0 ? Math.min(...intervals) : POLL_INTERVAL_MS;
  }

  /** Layers that hang may take up two periods, and there must be time left. */
  forOne(startWithinMs: number): Source {
    return this.#parts.another(Math.min(this.#parts.slowAfterMs, Math.floor(startWithinMs / 3)));
  }

  describe(): string {
    return this.#layers.map(({ name }) => name).join(', else ');
  }

  async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    this.#changed.add(onChange);
    signal.addEventListener('abort', () => void this.#changed.delete(onChange), { once: true });
    await Promise.all(this.#layers.map((layer) => this.#watchLayer(layer, onChange, signal)));
  }

  async load(previousVersion: string | undefined): Promise<LoadedFlags | 'unchanged'> {
    this.#beginRound();
    const inForce = previousVersion === undefined ? undefined : this.#inForce;
    for (const layer of this.#layers) {
      if (this.#refused.has(layer)) continue;
      const isInForce = layer === inForce?.layer;
      const version = isInForce ? inForce.version : undefined;
      const attempted = await layer.load(version, this.#patienceWith(layer, isInForce));
      if (attempted?.kind === 'unchanged') return this.#confirmed(layer);
      if (attempted?.kind === 'loaded') return this.#give(layer, attempted.flags);
      if (isInForce) throw failureOf(attempted);
      if (attempted === undefined) this.#beginBelow(layer);
      if (attempted !== undefined && inForce !== undefined) this.#tellOf(layer, attempted.error);
    }
    return this.#waitedFor();
  }

  status(): readonly LayerStatus[] {
    return this.#layers.map((layer) => layer.status);
  }

  standing(loaded: LoadedFlags): Standing | undefined {
    const layer = this.#origins.get(loaded)?.layer;
    if (layer === undefined) return undefined;
    const { name, source } = layer;
    return { from: name, emptyAfterMs: source.emptyAfterMs ?? 0, hasAlternative: loaded !== this.#lastResort };
  }

  accepted(loaded: LoadedFlags): void {
    const origin = this.#origins.get(loaded);
    if (origin === undefined) return;
    const { layer } = origin;
    const position = this.#layers.indexOf(layer);
    const above = this.#layers.slice(0, Math.min(position, this.#parts.sources.length));
    if (layer !== this.#inForce?.layer) this.#troubles.standIn(layer, above);
    this.#troubles.over(layer);
    this.#inForce = origin;
    layer.enforced();
    for (const below of this.#layers.slice(position + 1)) below.retired();
    if (position < this.#parts.sources.length) this.#parts.cache?.save(layer.savedName, loaded);
  }

  refused(loaded: LoadedFlags, error: HalyardError): boolean {
    const layer = this.#origins.get(loaded)?.layer;
    if (layer === undefined) return false;
    layer.failed(error);
    this.#refused.add(layer);
    if (saysThereAreNoFlags(error)) this.#empty ??= loaded;
    // what is in force stays; without that, and below it, there may be something else
    this.#isSameRound = layer !== this.#inForce?.layer;
    if (this.#isSameRound && this.#inForce !== undefined) this.#tellOf(layer, error);
    return this.#isSameRound;
  }

  warnBy(warn: (message: string) => void): void {
    this.#parts.warnings.warn = warn;
  }

  async release(): Promise<void> {
    this.#inForce = undefined;
    this.#isSameRound = false;
    for (const layer of this.#layers) layer.release();
    await this.#parts.cache?.written();
  }

  /** Some take their time to find out; each says so by itself. */
  async #watchLayer({ source, name }: Layer, onChange: () => void, signal: AbortSignal): Promise<void> {
    try {
      await source.watch?.(onChange, signal);
    } catch (error) {
      this.#parts.warnings.warn(`${name} cannot be watched: ${messageOf(error)}`);
    }
  }

  /** One that is slow has cost its time; those below it take theirs all at once. */
  #beginBelow(slow: Layer): void {
    const below = this.#layers.slice(this.#layers.indexOf(slow) + 1);
    for (const layer of below) {
      // none below the one in force is wanted
      if (layer === this.#inForce?.layer) return;
      if (!this.#refused.has(layer)) layer.begin();
    }
  }

  #beginRound(): void {
    if (!this.#isSameRound) {
      this.#refused.clear();
      this.#empty = undefined;
      this.#lastResort = undefined;
    }
    this.#isSameRound = false;
  }

  /** Only where something below could serve is there a reason not to wait. */
  #patienceWith(layer: Layer, isInForce: boolean): number {
    return isInForce || layer === this.#layers.at(-1) ? Infinity : this.#parts.slowAfterMs;
  }

  #confirmed(layer: Layer): 'unchanged' {
    layer.enforced();
    this.#parts.cache?.retry();
    return 'unchanged';
  }

  /** The cache tells of its own troubles. */
  #tellOf(layer: Layer, error: HalyardError): void {
    if (this.#parts.sources.includes(layer.source)) this.#troubles.stillFails(layer, error);
  }

  #give(layer: Layer, flags: LoadedFlags): LoadedFlags {
    const isBootstrap = layer.source === this.#parts.bootstrap;
    const version = `${this.#layers.indexOf(layer) + 1}:${flags.version}`;
    const given = { ...flags, version, ...(isBootstrap && { saved: {} }) };
    this.#origins.set(given, { layer, version: flags.version });
    return given;
  }

  /** Nothing to serve: then slow layers are waited for after all. */
  async #waitedFor(): Promise<LoadedFlags> {
    for (const layer of this.#layers) {
      if (!layer.isLoading || this.#refused.has(layer)) continue;
      const attempted = await layer.load(undefined, Infinity);
      if (attempted?.kind === 'loaded') return this.#give(layer, attempted.flags);
    }
    if (this.#empty !== undefined) return (this.#lastResort = this.#empty);
    const failures = this.#layers.map(({ status }) => ('error' in status ? status.error?.message : undefined));
    const known = failures.filter((message) => message !== undefined);
    throw new HalyardError('SOURCE_UNAVAILABLE', `no layer has flags: ${known.join('; ')}`);
  }
}

function failureOf(attempted: Attempted | undefined): HalyardError {
  if (attempted?.kind === 'failed') return attempted.error;
  return new HalyardError('SOURCE_UNAVAILABLE', 'the layer in force did not answer');
}
