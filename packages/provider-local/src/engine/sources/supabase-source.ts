import type { Clock } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { FlagDocument, LoadedFlags, Source } from '../../sources/source.ts';
import { documentOfRows } from '../../sources/stores/stored-document.ts';
import type { StoreLimits } from './store-source.ts';

/** What is needed of a client of `@supabase/supabase-js`. */
export interface SupabaseClient {
  from(table: string): unknown;
}

/** What a query answers. */
interface Answer {
  readonly data: unknown;
  readonly error: { readonly message?: unknown; readonly code?: unknown } | null;
  readonly status?: number;
}

interface Query extends PromiseLike<Answer> {
  abortSignal(signal: AbortSignal): PromiseLike<Answer>;
}

interface Table {
  select(columns: string): Query;
}

interface Channel {
  on(kind: 'postgres_changes', filter: Readonly<Record<string, string>>, listener: () => void): Channel;
  subscribe(listener: (status: string) => void): Channel;
}

/** The part of a client that can listen. */
interface Realtime {
  channel?(topic: string): Channel;
  removeChannel?(channel: Channel): Promise<unknown>;
}

export interface SupabaseParts extends StoreLimits {
  readonly client: SupabaseClient;
  readonly schema: string;
  readonly table: string;
  readonly isRealtime: boolean;
  /** Different for each source of a program: channels of one name would be one channel. */
  readonly topic: string;
  readonly clock: Clock;
}

/** After this long everything is read again: whoever writes a row may forget to set `updated_at`. */
const FULL_READ_MS = 15 * 60_000;
const LONGEST_MESSAGE = 200;

interface Row {
  readonly name: string;
  readonly updated_at: string;
  readonly ruleset?: unknown;
}

/**
 * Rulesets in a table of Supabase (rulesets §4). A poll is one request, for the names and times only; the rulesets
 * follow when these differ.
 */
export class SupabaseSource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly #parts: SupabaseParts;
  #known: { readonly version: string; readonly stamps: string; readonly readAt: number } | undefined;

  constructor(parts: SupabaseParts) {
    this.#parts = parts;
    this.pollIntervalMs = parts.pollIntervalMs;
    this.emptyAfterMs = parts.emptyAfterMs;
  }

  describe(): string {
    return `supabase table ${this.#parts.table}`;
  }

  async load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { clock, digest } = this.#parts;
    const known = this.#known?.version === previousVersion ? this.#known : undefined;
    if (known !== undefined && clock.elapsed() - known.readAt < FULL_READ_MS) {
      const stamps = stampsOf(await this.#select('name,updated_at', signal));
      if (stamps === known.stamps) return 'unchanged';
    }
    const rows = await this.#select('name,ruleset,updated_at', signal);
    const document = this.#documentOf(rows);
    const version = digest(JSON.stringify(document));
    this.#known = { version, stamps: stampsOf(rows), readAt: clock.elapsed() };
    return version === previousVersion ? 'unchanged' : { version, documents: [document] };
  }

  /** Where the project has realtime turned off, the channel never comes up and polling goes on. */
  watch(onChange: () => void, signal: AbortSignal): void {
    const { client, schema, table, isRealtime, topic } = this.#parts;
    const realtime = client as Realtime;
    if (!isRealtime || realtime.channel === undefined || signal.aborted) return;
    const channel = realtime
      .channel(topic)
      .on('postgres_changes', { event: '*', schema, table }, () => onChange())
      // notices are not kept for those who are away
      .subscribe((status) => (status === 'SUBSCRIBED' ? onChange() : undefined));
    const end = (): void => void realtime.removeChannel?.(channel).catch(() => undefined);
    signal.addEventListener('abort', end, { once: true });
  }

  #documentOf(rows: readonly Row[]): FlagDocument {
    const place = { name: this.describe(), key: '', format: undefined };
    return documentOfRows(
      place,
      rows.map(({ name, ruleset }) => ({ name, ruleset })),
    );
  }

  async #select(columns: string, signal: AbortSignal): Promise<readonly Row[]> {
    const { client, table } = this.#parts;
    const { data, error, status } = await (client.from(table) as Table).select(columns).abortSignal(signal);
    if (error !== null) throw this.#failure(error, status);
    if (Array.isArray(data) && data.every(isRow)) return data.toSorted(byName);
    throw new HalyardError('SOURCE_INVALID', `${this.describe()} gave rows without name and updated_at`);
  }

  #failure({ message, code }: NonNullable<Answer['error']>, status: number | undefined): HalyardError {
    const isAboutTheKey = status === 401 || status === 403;
    const said = String(message).slice(0, LONGEST_MESSAGE).replace(/\s+/g, ' ');
    const what = `${this.describe()} cannot be read: ${said}${typeof code === 'string' && code !== '' ? ` (${code})` : ''}`;
    return new HalyardError(isAboutTheKey ? 'AUTHENTICATION_FAILED' : 'SOURCE_UNAVAILABLE', what, {
      details: { ...(status !== undefined && { status }) },
    });
  }
}

function isRow(row: unknown): row is Row {
  const { name, updated_at: updated } = (row ?? {}) as Partial<Row>;
  return typeof name === 'string' && typeof updated === 'string';
}

const byName = (one: Row, other: Row): number => (one.name < other.name ? -1 : 1);

function stampsOf(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(({ name, updated_at: updated }) => [name, updated]));
}
