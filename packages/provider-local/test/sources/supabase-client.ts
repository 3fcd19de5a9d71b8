/** A row as Supabase gives it. */
export interface Row {
  name: string;
  ruleset: unknown;
  updated_at: string;
}

/** A client of supabase-js over rows, with what it was asked. */
export interface FakeClient {
  rows: Row[];
  error: { message: string; code?: string } | null;
  status: number;
  /** How many rows it gives at a time; none: all of them, and no count. */
  maxRows?: number;
  /** What it says in place of how many there are. */
  count?: number | null;
  /** Table and columns, and from which row on where that was said. */
  asked: string[];
  signals: AbortSignal[];
  /** Called after each answer. */
  answered: () => void;
  from(table: string): unknown;
}

type Range = readonly [from: number, to: number];

/** A client that knows neither order nor counts, until it is told how many rows it gives at a time. */
export function supabase(rows: Row[]): FakeClient {
  return {
    ...{ rows, error: null, status: 200, asked: [], signals: [], answered: () => undefined },
    from(table) {
      const query = (columns: string, range: Range): object => ({
        ...(this.maxRows !== undefined && {
          order: () => query(columns, range),
          range: (...other: Range) => query(columns, other),
        }),
        abortSignal: async (signal: AbortSignal) => {
          this.asked.push(`${table}: ${columns}${range[0] === 0 ? '' : ` from ${range[0]}`}`);
          this.signals.push(signal);
          const answer = answerOf(this, columns, range);
          this.answered();
          return answer;
        },
      });
      return { select: (columns: string) => query(columns, [0, Infinity]) };
    },
  };
}

function answerOf(client: FakeClient, columns: string, [from, to]: Range): object {
  const { error, status, maxRows = Infinity } = client;
  if (error !== null) return { data: null, error, status };
  const all =
    maxRows === Infinity ? client.rows : client.rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (from > 0 && from >= all.length) return { data: null, error: { message: 'not satisfiable' }, status: 416 };
  const data = all
    .slice(from, Math.min(to + 1, from + maxRows))
    .map((row) => Object.fromEntries(columns.split(',').map((column) => [column, row[column as keyof Row]])));
  const count = client.count === undefined ? all.length : client.count;
  return { data, error: null, status, ...(maxRows !== Infinity && { count }) };
}
