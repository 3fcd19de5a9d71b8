import { Client } from 'pg';
import type { PostgresServer } from './postgres-server.ts';

const SLOT = 'realtime';
const PERIOD_MS = 20;

/** A change of a row, as PostgreSQL wrote it down. */
export interface RowChange {
  readonly schema: string;
  readonly table: string;
  readonly type: 'INSERT' | 'UPDATE' | 'DELETE';
  /** The row's key, where that is a text. */
  readonly name: string;
}

const line = /^table (\w+)\.(\w+): (INSERT|UPDATE|DELETE): .*?name\[text\]:'([^']*)'/;

/** What PostgreSQL changed, read from its log of writes, as Supabase's own Realtime does. */
export class SupabaseDecoding {
  readonly #database: PostgresServer;
  readonly #told: (change: RowChange) => void;
  #client: Client | undefined;
  #reading: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: PostgresServer, told: (change: RowChange) => void) {
    this.#database = database;
    this.#told = told;
  }

  /** Starts the database again where it does not write down enough for that. */
  async start(): Promise<void> {
    await this.#query('alter system set wal_level = logical');
    await this.#client?.end();
    this.#client = undefined;
    await this.#database.stop();
    await this.#database.start();
    await this.#query(`select pg_create_logical_replication_slot($1, 'test_decoding')`, [SLOT]);
    this.#timer = setInterval(() => void this.caughtUp().catch(() => undefined), PERIOD_MS);
  }

  /** Resolves when all that was committed until now was told. Rejects if the database once failed. */
  caughtUp(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      const { rows } = await this.#query('select data from pg_logical_slot_get_changes($1, null, null)', [SLOT]);
      for (const { data } of rows as readonly { data: string }[]) {
        const [, schema = '', table = '', type, name = ''] = line.exec(data) ?? [];
        if (type !== undefined) this.#told({ schema, table, type: type as RowChange['type'], name });
      }
    });
    return this.#reading;
  }

  /** Whether changes of the table are for others to know. */
  async isPublished(schema: string, table: string): Promise<boolean> {
    const published = `select from pg_publication_tables where pubname = 'supabase_realtime'`;
    const { rowCount } = await this.#query(`${published} and schemaname = $1 and tablename = $2`, [schema, table]);
    return rowCount === 1;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading.catch(() => undefined);
    await this.#client?.end();
  }

  async #query(text: string, values: readonly string[] = []): Promise<{ rows: object[]; rowCount: number | null }> {
    if (this.#client === undefined) {
      this.#client = new Client({ connectionString: this.#database.url });
      this.#client.on('error', () => undefined);
      await this.#client.connect();
    }
    return this.#client.query(text, [...values]);
  }
}
