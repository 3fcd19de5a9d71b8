import type { Clock } from '@halyard/core';
import { HalyardError, messageOf } from '@halyard/core';
import type { Digest } from '../../ports/digest.ts';
import type { SavedText } from '../../ports/saved-text.ts';
import type { SavedFlags } from '../../sources/cache/saved-flags.ts';
import { savedFromText, textOfSaved } from '../../sources/cache/saved-flags.ts';
import type { LoadedFlags, Source } from '../../sources/source.ts';

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
  #isWriting = false;
  #next: SavedFlags | undefined;
  #version: string | undefined;

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
    if (version === this.#version) return;
    this.#version = version;
    const flags = { documents, ...(enrichment !== undefined && { enrichment }) };
    this.#next = { source, savedAt: this.#parts.clock.now(), flags };
    if (!this.#isWriting) void this.#write();
  }

  async #write(): Promise<void> {
    const { text, digest } = this.#parts;
    this.#isWriting = true;
    for (let flags = this.#next; flags !== undefined; flags = this.#next) {
      this.#next = undefined;
      try {
        await text.write(textOfSaved(flags, digest));
        this.#told.delete('cannot be written');
      } catch (error) {
        // tried again with the next change
        this.#tell('cannot be written', `${messageOf(error)}; the provider goes on without saving`);
      }
    }
    this.#isWriting = false;
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
