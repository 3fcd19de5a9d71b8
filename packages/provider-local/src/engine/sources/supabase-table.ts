import { HalyardError } from '@halyard/core';
import { withoutKeys } from '../../sources/stores/hidden-keys.ts';

/** What is needed of a client of `@supabase/supabase-js`. */
export interface SupabaseClient {
  from(table: string): unknown;
}

/** What a query answers. */
interface Answer {
  readonly data: unknown;
  readonly error: { readonly message?: unknown; readonly code?: unknown } | null;
  readonly status?: number;
  /** How many rows there are, of which fewer may have come. */
  readonly count?: number | null;
}

interface Query extends PromiseLike<Answer> {
  order?(column: string): Query;
  range?(from: number, to: number): Query;
  abortSignal(signal: AbortSignal): PromiseLike<Answer>;
}

interface Table {
  select(columns: string, options: { readonly count: 'exact' }): Query;
}

/** A row of the table; `ruleset` only where it was asked for. */
export interface SupabaseRow {
  readonly name: string;
  readonly updated_at: string;
  readonly ruleset?: unknown;
}

/** Rows of one answer. */
interface Page {
  readonly rows: readonly SupabaseRow[];
  /** How many there are in all, as far as that is told. */
  readonly count: number | undefined;
  /** Whether others can be asked for. */
  readonly hasRange: boolean;
}

/** All rows: read in one request, or in several, between which they may have changed; or not all of them. */
interface Reading {
  readonly kind: 'at once' | 'in pages' | 'in part';
  readonly rows: readonly SupabaseRow[];
}

/** Neither a wrong count nor a tiny page makes endless work: with pages of 1,000 rows these are 100,000. */
const MOST_PAGES = 100;
const ATTEMPTS = 3;
/** An answer to who asks for rows behind the last one. */
const RANGE_NOT_SATISFIABLE = 416;

/** The rows of a table, all of them although Supabase gives only so many at a time. */
export class SupabaseTable {
  readonly name: string;
  readonly #client: SupabaseClient;
  readonly #table: string;

  constructor(client: SupabaseClient, table: string) {
    this.name = `supabase table ${table}`;
    this.#client = client;
    this.#table = table;
  }

  /**
   * The names and times of all rows, as {@link stampsOf} has them. Undefined if rows went while they were read.
   *
   * @throws HalyardError `SOURCE_UNAVAILABLE`, `AUTHENTICATION_FAILED` or `SOURCE_INVALID`
   */
  async stamps(signal: AbortSignal): Promise<string | undefined> {
    const { kind, rows } = await this.#read('name,updated_at', signal);
    return kind === 'in part' ? undefined : stampsOf(rows);
  }

  /**
   * All rows, by name, as they were at one moment: what came in several answers is in force only if no row has changed
   * from the first answer to the last.
   *
   * @throws HalyardError as {@link stamps}
   */
  async rows(signal: AbortSignal): Promise<readonly SupabaseRow[]> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { kind, rows } = await this.#read('name,ruleset,updated_at', signal);
      if (kind === 'at once') return rows;
      if (kind === 'in pages' && (await this.stamps(signal)) === stampsOf(rows)) return rows;
    }
    const message = `${this.name} changed while it was read, ${ATTEMPTS} times, or has fewer rows than it counts`;
    throw new HalyardError('SOURCE_UNAVAILABLE', message);
  }

  async #read(columns: string, signal: AbortSignal): Promise<Reading> {
    const { rows: first, count, hasRange } = await this.#page(columns, signal);
    // without a count only an answer without rows says that there are no more
    const isWhole = count === undefined ? first.length === 0 || !hasRange : count <= first.length;
    if (isWhole) return { kind: 'at once', rows: first.toSorted(byName) };
    if (count !== undefined && count > first.length * MOST_PAGES) throw this.#tooMany(count, first.length);
    const rows = [...first];
    for (let page = 1; page < MOST_PAGES && rows.length < (count ?? Infinity); page++) {
      const next = await this.#page(columns, signal, { from: rows.length, to: rows.length + first.length - 1 });
      rows.push(...next.rows);
      if (count === undefined && next.rows.length === 0) return { kind: 'in pages', rows: rows.toSorted(byName) };
    }
    if (count === undefined) throw this.#tooMany(rows.length, first.length);
    return { kind: rows.length < count ? 'in part' : 'in pages', rows: rows.toSorted(byName) };
  }

  async #page(
    columns: string,
    signal: AbortSignal,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Page> {
    const selected = (this.#client.from(this.#table) as Table).select(columns, { count: 'exact' });
    const ordered = selected.order?.('name') ?? selected;
    const hasRange = typeof ordered.range === 'function';
    const query = range === undefined ? ordered : (ordered.range?.(range.from, range.to) ?? ordered);
    const { data, error, status, count } = await query.abortSignal(signal);
    if (range !== undefined && status === RANGE_NOT_SATISFIABLE) return { rows: [], count: 0, hasRange };
    if (error !== null) throw this.#failure(error, status);
    if (!Array.isArray(data) || !data.every(isRow)) {
      throw new HalyardError('SOURCE_INVALID', `${this.name} gave rows without name and updated_at`);
    }
    return { rows: data, count: Number.isSafeInteger(count) && count! >= 0 ? count! : undefined, hasRange };
  }

  #tooMany(count: number, atATime: number): HalyardError {
    const message = `${this.name} has ${count} rows and gives ${atATime} at a time: more than ${MOST_PAGES} requests`;
    return new HalyardError('SOURCE_INVALID', message, { details: { count, atATime } });
  }

  #failure({ message, code }: NonNullable<Answer['error']>, status: number | undefined): HalyardError {
    const isAboutTheKey = status === 401 || status === 403;
    const said = withoutKeys(String(message));
    const what = `${this.name} cannot be read: ${said}${typeof code === 'string' && code !== '' ? ` (${code})` : ''}`;
    return new HalyardError(isAboutTheKey ? 'AUTHENTICATION_FAILED' : 'SOURCE_UNAVAILABLE', what, {
      details: { ...(status !== undefined && { status }) },
    });
  }
}

/** The names and times of rows: the same as long as no row was added, removed or touched. */
export function stampsOf(rows: readonly SupabaseRow[]): string {
  return JSON.stringify(rows.map(({ name, updated_at: updated }) => [name, updated]));
}

function isRow(row: unknown): row is SupabaseRow {
  const { name, updated_at: updated } = (row ?? {}) as Partial<SupabaseRow>;
  return typeof name === 'string' && typeof updated === 'string';
}

const byName = (one: SupabaseRow, other: SupabaseRow): number => (one.name < other.name ? -1 : 1);
