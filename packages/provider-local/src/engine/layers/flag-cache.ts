import type { Clock } from '@halyard/core';
import { HalyardError, messageOf } from '@halyard/core';
import type { Digest } from '../../ports/digest.ts';
import type { SavedText } from '../../ports/saved-text.ts';
import type { SavedFlags } from '../../sources/cache/saved-flags.ts';
import { isForeign, savedFromText, textOfSaved } from '../../sources/cache/saved-flags.ts';
import type { LoadedFlags, Source } from '../../sources/source.ts';

/** Nobody who closes a provider waits longer than this for a disk, in milliseconds. */
const LONGEST_WRITE_MS = 3_000;

interface CacheParts {
  readonly text: SavedText;
  readonly clock: Clock;
  readonly digest: Digest;
  /** The names of the sources whose flags may be in it. */
  readonly sources: readonly string[];
  readonly warn: (message: string) => void;
}

/** The last good flags of other sources, kept over a restart. Whatever is wrong with it costs nothing but the saving. */
export class FlagCache implements Source {
  readonly #parts: CacheParts;
  readonly #told = new Set<string>();
  #version: string | undefined;
  /** What is to be written, or could not be. */
  #unsaved: Omit<SavedFlags, 'savedAt'> | undefined;
  #writing: Promise<void> | undefined;
  /** Whether what is there was written here. */
  #isOurs = false;

  constructor(parts: CacheParts) {
    this.#parts = parts;
  }

  describe(): string {
    return `cache ${this.#parts.text.place}`;
  }

  async load(previousVersion: string | undefined): Promise<LoadedFlags | 'unchanged'> {
    const { text, digest } = this.#parts;
    const written = await this.#attempt('cannot be used', () => text.read());
    if (written === undefined) throw new HalyardError('SOURCE_UNAVAILABLE', `${this.describe()}: nothing is saved yet`);
    const { flags, savedAt } = await this.#attempt('is ignored', () => this.#ownFlags(written));
    const version = digest(written);
    return version === previousVersion ? 'unchanged' : { ...flags, version, saved: { at: savedAt } };
  }

  /** Saves flags that are in force, in the background. The last ones win. */
  save(source: string, { version, documents, enrichment }: LoadedFlags): void {
    if (version !== this.#version) {
      this.#version = version;
      const flags = { documents, ...(enrichment !== undefined && { enrichment }) };
      this.#unsaved = { source, flags };
    }
    this.retry();
  }

  /** The flags in force are still the same; if they could not be saved, that is tried again. */
  retry(): void {
    if (this.#unsaved !== undefined) this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  /** Resolves when nothing is being written any more, or does not come to an end. */
  async written(): Promise<void> {
    if (this.#writing === undefined) return;
    const { clock } = this.#parts;
    await new Promise<void>((resolve) => {
      const timer = clock.startTimer(LONGEST_WRITE_MS, resolve, 'holds the process');
      void this.#writing?.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  async #write(): Promise<void> {
    const { text, digest, clock } = this.#parts;
    for (let next = this.#unsaved; next !== undefined; next = this.#unsaved) {
      try {
        await this.#checkReplaceable();
        await text.write(textOfSaved({ ...next, savedAt: clock.now() }, digest));
      } catch (error) {
        this.#tell('cannot be written', `${messageOf(error)}; the provider goes on without saving`);
        // newer flags may be there by now; the same ones are for the next poll
        if (this.#unsaved === next) return;
        continue;
      }
      this.#told.delete('cannot be written');
      this.#isOurs = true;
      if (this.#unsaved === next) this.#unsaved = undefined;
    }
  }

  /** A path that was mistyped may lead to somebody's work. */
  async #checkReplaceable(): Promise<void> {
    if (this.#isOurs) return;
    const there = await this.#parts.text.read();
    if (there !== undefined && isForeign(there)) throw new Error('it holds something else, which is left alone');
  }

  #ownFlags(written: string): SavedFlags {
    const saved = savedFromText(written, this.#parts.digest);
    if (this.#parts.sources.includes(saved.source)) return saved;
    throw new Error('it holds the flags of another source');
  }

  async #attempt<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#tell(what, messageOf(error));
      throw new HalyardError('SOURCE_INVALID', `${this.describe()} ${what}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Warns once of each kind of trouble. */
  #tell(what: string, why: string): void {
    if (!this.#told.has(what)) this.#parts.warn(`${this.describe()} ${what}: ${why}`);
    this.#told.add(what);
  }
}
