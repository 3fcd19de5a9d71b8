import type { FlagDocument, LoadedFlags, Source } from '../../sources/source.ts';
import { documentOfRows } from '../../sources/stores/stored-document.ts';
import { limitedExchange } from './limited-exchange.ts';
import type { StoreLimits } from './store-source.ts';
import { tookTooLong } from './store-source.ts';
import { canListen, SupabaseChanges } from './supabase-changes.ts';
import type { SupabaseClient, SupabaseRow } from './supabase-table.ts';
import { stampsOf, SupabaseTable } from './supabase-table.ts';

export interface SupabaseParts extends StoreLimits {
  readonly client: SupabaseClient;
  readonly schema: string;
  readonly table: string;
  readonly isRealtime: boolean;
  /** What the names of its channels begin with, different for each source of a program. */
  readonly topic: string;
}

/** After this long everything is read again: whoever writes a row may forget to set `updated_at`. */
const FULL_READ_MS = 15 * 60_000;

/**
 * Rulesets in a table of Supabase (rulesets §4). A poll is one request, for the names and times only; the rulesets
 * follow when these differ.
 */
export class SupabaseSource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly fingerprint?: string;
  readonly #parts: SupabaseParts;
  readonly #table: SupabaseTable;
  #known: { readonly version: string; readonly stamps: string; readonly readAt: number } | undefined;
  #channels = 0;
  #hasComplained = false;

  constructor(parts: SupabaseParts) {
    this.#parts = parts;
    this.#table = new SupabaseTable(parts.client, parts.table);
    this.pollIntervalMs = parts.pollIntervalMs;
    this.emptyAfterMs = parts.emptyAfterMs;
    const { address, digest, schema } = parts;
    if (address !== undefined) this.fingerprint = digest(JSON.stringify([schema, ...address]));
  }

  describe(): string {
    return this.#table.name;
  }

  async load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { clock, timeoutMs } = this.#parts;
    const limit = { limitMs: timeoutMs, error: () => tookTooLong(this.describe(), timeoutMs) };
    return limitedExchange(clock, signal, limit, (limited) => this.#load(previousVersion, limited));
  }

  async #load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { clock, digest } = this.#parts;
    const known = this.#known?.version === previousVersion ? this.#known : undefined;
    if (known !== undefined && clock.elapsed() - known.readAt < FULL_READ_MS) {
      if ((await this.#table.stamps(signal)) === known.stamps) return 'unchanged';
    }
    const rows = await this.#table.rows(signal);
    const document = this.#documentOf(rows);
    const version = digest(JSON.stringify(document));
    this.#known = { version, stamps: stampsOf(rows), readAt: clock.elapsed() };
    return version === previousVersion ? 'unchanged' : { version, documents: [document] };
  }

  /** Where the project has realtime turned off, polling goes on; that is said once, not each time it is tried. */
  async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const { client, schema, table, isRealtime, topic, clock } = this.#parts;
    if (!isRealtime || !canListen(client) || signal.aborted) return;
    const newTopic = (): string => `${topic}-${++this.#channels}`;
    try {
      await new SupabaseChanges({ client, schema, table, newTopic, clock }, onChange, signal).follow();
    } catch (error) {
      if (this.#hasComplained) return;
      this.#hasComplained = true;
      throw error;
    }
  }

  #documentOf(rows: readonly SupabaseRow[]): FlagDocument {
    const place = { name: this.describe(), key: '', format: undefined };
    return documentOfRows(
      place,
      rows.map(({ name, ruleset }) => ({ name, ruleset })),
    );
  }
}
