import type { LocalProvider } from '@halyard/provider-local';
import { supabaseSource } from '@halyard/provider-local/sources/supabase';
import { eventually } from '@halyard/testkit';
import { createClient } from '@supabase/supabase-js';
import type { Pool } from 'pg';
import WebSocket from 'ws';
import { closeProviders, following, isOn, switchedTo } from './following.ts';
import type { PostgresServer } from './postgres-server.ts';
import { describeWithPrograms } from './real-programs.ts';
import { projectPrograms, put as putRow, startedDatabase } from './supabase-project.ts';
import { SupabaseServer } from './supabase-server.ts';

jest.setTimeout(60_000);

const filler = { metadata: { filler: 'x'.repeat(10_000) } };

describeWithPrograms('a source in Supabase', projectPrograms, () => {
  let database: PostgresServer;
  let server: SupabaseServer;
  /** Gives two rows at a time. */
  let few: SupabaseServer;
  let pool: Pool;

  const put = (name: string, on: boolean): Promise<void> => putRow(pool, name, { ...switchedTo(on), ...filler });

  beforeAll(async () => {
    ({ database, pool } = await startedDatabase());
    await put('flag', false);
    server = new SupabaseServer(database);
    few = new SupabaseServer(database, { PGRST_DB_MAX_ROWS: '2' });
    await Promise.all([server.start(), few.start()]);
  }, 60_000);

  afterEach(closeProviders);

  afterAll(async () => {
    await server.remove();
    await few.remove();
    await pool.end();
    await database.remove();
  });

  async function followed(key = server.key, table?: string, at = server): Promise<LocalProvider> {
    // Node 20 has no WebSocket of its own, which the client asks for even where it is not used
    const client = createClient(at.url, key, { realtime: { transport: WebSocket as never } });
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
      expect(target).toBe('/flag_rulesets?select=name%2Cupdated_at&order=name.asc');
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

  const targets = (columns: string): string[] =>
    ['', '&offset=2&limit=2', '&offset=4&limit=2'].map(
      (range) => `/flag_rulesets?select=${columns.replaceAll(',', '%2C')}&order=name.asc${range}`,
    );

  test('of more rows than are given at a time none is lost, and a change of the last one is noticed', async () => {
    const names = ['flag', 'g', 'h', 'i', 'j'];
    for (const name of names) await put(name, false);
    few.answered.length = 0;
    const provider = await followed(few.key, undefined, few);
    for (const name of names) expect(provider.evaluate(name, true).errorCode).toBeUndefined();
    expect(few.answered.slice(0, 6).map(({ target }) => target)).toEqual([
      ...targets('name,ruleset,updated_at'),
      ...targets('name,updated_at'),
    ]);
    const before = few.answered.length;
    await eventually('it has polled', () => few.answered.length > before + 6);
    for (const { bytes } of few.answered.slice(before, -1)) expect(bytes).toBeLessThan(200);
    await put('j', true);
    await eventually('the change is in force', () => provider.evaluate('j', false).value);
    await pool.query(`delete from flag_rulesets where name <> 'flag'`);
    await eventually('the rows are gone', () => provider.evaluate('j', false).errorCode === 'FLAG_NOT_FOUND');
    expect(provider.evaluate('flag', true).value).toBe(false);
  });

  test('rows that come, go and change while they are read leave no half of a table in force', async () => {
    const names = ['b', 'c', 'd', 'e', 'flag'];
    const rewrite = async (value: string): Promise<void> => {
      await pool.query(`delete from flag_rulesets where name = 'a'`);
      const all = value.endsWith('first') ? ['a', ...names] : names;
      const insert = 'insert into flag_rulesets (name, ruleset) select unnest($1::text[]), $2';
      await pool.query(`${insert} on conflict (name) do update set ruleset = $2`, [all, valued(value)]);
    };
    await rewrite('before');
    const provider = await followed(few.key, undefined, few);
    const values = (): unknown[] => names.map((name) => provider.evaluate(name, 'none').value);
    let changes = 0;
    few.before = async (target) => {
      if (changes < 2 && /ruleset.*offset=2/.test(target))
        await rewrite(['with one first', 'without'][changes++] ?? '');
    };
    await rewrite('meanwhile');
    await eventually('it has read that', () => values().includes('without'));
    expect([changes, values()]).toEqual([2, names.map(() => 'without')]);

    few.before = async (target) => (/ruleset.*offset=2/.test(target) ? rewrite(`change ${++changes}`) : undefined);
    await rewrite('never in force');
    await eventually('it was tried more than once', () => changes > 5);
    await expect(provider.reload()).rejects.toThrow('changed while it was read');
    expect(values()).toEqual(names.map(() => 'without'));
    few.before = async () => undefined;
    await provider.reload();
    expect(values()).toEqual(names.map(() => `change ${changes}`));
    await pool.query(`delete from flag_rulesets where name <> 'flag'`);
  });
});

/** A flag that has one value for everybody. */
function valued(value: string): object {
  return { variations: { v: value }, defaultRule: { variation: 'v' } };
}
