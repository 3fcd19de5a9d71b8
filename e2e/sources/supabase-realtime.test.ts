import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LocalProvider } from '@halyard/provider-local';
import { supabaseSource } from '@halyard/provider-local/sources/supabase';
import { eventually } from '@halyard/testkit';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Pool } from 'pg';
import WebSocket from 'ws';
import { closeProviders, following, isOn, switchedTo } from './following.ts';
import type { PostgresServer } from './postgres-server.ts';
import { describeWithPrograms } from './real-programs.ts';
import { projectPrograms, put as putRow, startedDatabase } from './supabase-project.ts';
import { SupabaseRealtime } from './supabase-realtime.ts';
import { SupabaseServer } from './supabase-server.ts';

jest.setTimeout(90_000);

const AN_HOUR_MS = 3_600_000;

describeWithPrograms('notices of Supabase', projectPrograms, () => {
  let database: PostgresServer;
  let server: SupabaseServer;
  let realtime: SupabaseRealtime;
  let pool: Pool;
  const clients: SupabaseClient[] = [];

  const put = (on: boolean, name = 'flag'): Promise<void> => putRow(pool, name, switchedTo(on));

  beforeAll(async () => {
    ({ database, pool } = await startedDatabase());
    server = new SupabaseServer(database);
    realtime = new SupabaseRealtime(database, server.key);
    await realtime.start();
    await server.start((gateway) => realtime.extend(gateway));
  }, 60_000);

  beforeEach(async () => {
    await put(false);
    await realtime.caughtUp();
    server.answered.length = 0;
    realtime.received.length = 0;
  });

  afterEach(async () => {
    await closeProviders();
    for (const client of clients.splice(0)) await client.realtime.disconnect();
    Object.assign(realtime, { mode: 'serves', databaseIsReady: Promise.resolve() });
    server.isDown = false;
    await eventually('all connections are closed', () => realtime.sockets === 0);
  });

  afterAll(async () => {
    await realtime.stop();
    await server.remove();
    await pool.end();
    await database.remove();
  });

  async function followed(pollIntervalMs = AN_HOUR_MS): Promise<{ provider: LocalProvider; log: () => string }> {
    const client = createClient(server.url, server.key, { realtime: { transport: WebSocket as never } });
    clients.push(client);
    return following(supabaseSource({ client, pollIntervalMs }));
  }

  /** A provider that is told of changes, and has read what there is. */
  async function listening(): Promise<LocalProvider> {
    const { provider } = await followed();
    await eventually('it listens', () => realtime.listening === 1);
    await provider.reload();
    return provider;
  }

  test('a change is in force without a poll, and so are rows that come and go', async () => {
    const provider = await listening();
    await put(true);
    await eventually('the change is in force', () => isOn(provider));
    await put(true, 'other');
    await eventually('the row is there', () => provider.evaluate('other', false).value);
    await pool.query(`delete from flag_rulesets where name = 'other'`);
    await eventually('the row is gone', () => provider.evaluate('other', false).errorCode === 'FLAG_NOT_FOUND');
    expect(realtime.times('phx_join')).toBe(1);
  });

  test('what changed between the join and the moment from which changes are told is loaded', async () => {
    let ready = (): void => undefined;
    realtime.databaseIsReady = new Promise((resolve) => (ready = resolve));
    const { provider } = await followed();
    // the whole table at first, and once more for the join
    await eventually('it has joined and read', () => server.answered.length >= 2);
    await provider.reload();
    await put(true);
    await realtime.caughtUp();
    const before = server.answered.length;
    expect([isOn(provider), realtime.listening]).toEqual([false, 0]);
    ready();
    await eventually('the change is in force', () => isOn(provider));
    expect(server.answered.length).toBeGreaterThan(before);
  });

  test('what was missed while the connection was lost is loaded when it is back', async () => {
    const provider = await listening();
    realtime.mode = 'refuses sockets';
    realtime.cut();
    await eventually('nobody is connected', () => realtime.sockets === 0);
    await put(true);
    await eventually('it has tried to come back', () => realtime.times('connect') > 1);
    realtime.mode = 'serves';
    await eventually('the change is in force', () => isOn(provider));
    await eventually('it listens', () => realtime.listening === 1);
    await put(false);
    await eventually('and follows again', () => !isOn(provider));
  });

  test('a channel that breaks is joined again, and what was missed is loaded', async () => {
    const provider = await listening();
    realtime.mode = 'refuses joins';
    realtime.breakChannels();
    await put(true);
    await eventually('it was refused', () => realtime.times('phx_join') > 1);
    realtime.mode = 'serves';
    await eventually('the change is in force', () => isOn(provider));
  });

  test('a channel that the server closes is opened again', async () => {
    const provider = await listening();
    realtime.closeChannels('Too many messages per second');
    await put(true);
    await eventually('the change is in force', () => isOn(provider));
    await eventually('it listens', () => realtime.listening === 1);
  });

  test('two providers over one source are both told', async () => {
    const client = createClient(server.url, server.key, { realtime: { transport: WebSocket as never } });
    clients.push(client);
    const source = supabaseSource({ client, pollIntervalMs: AN_HOUR_MS });
    const providers = [await following(source), await following(source)];
    await eventually('both listen', () => realtime.listening === 2);
    await Promise.all(providers.map(({ provider }) => provider.reload()));
    await put(true);
    for (const { provider } of providers) await eventually('the change is in force', () => isOn(provider));
    expect(realtime.sockets).toBe(1);
  });

  test('notices come again after the tables were away', async () => {
    const provider = await listening();
    server.isDown = true;
    await expect(provider.reload()).rejects.toThrow('out of order');
    server.isDown = false;
    await provider.reload();
    await eventually('it has joined again', () => realtime.times('phx_join') === 2);
    await eventually('and only once', () => realtime.listening === 1);
    await put(true);
    await eventually('the change is in force', () => isOn(provider));
    expect(realtime.sockets).toBe(1);
  });

  test.each<SupabaseRealtime['mode']>(['refuses sockets', 'refuses joins'])(
    'where the server %s polling goes on, and that is said once',
    async (mode) => {
      realtime.mode = mode;
      const { provider, log } = await followed(100);
      await put(true);
      await eventually('the change is in force', () => isOn(provider));
      const event = mode === 'refuses sockets' ? 'connect' : 'phx_join';
      await eventually('it was tried again', () => realtime.times(event) > 2);
      expect(log().match(/cannot be watched/g)).toHaveLength(1);
      expect(log()).not.toContain(server.key);
    },
  );

  test('where the table is not published polling goes on, and that is said once', async () => {
    await pool.query('alter publication supabase_realtime drop table flag_rulesets');
    try {
      const { provider, log } = await followed(100);
      await eventually('it is said', () => log().includes('Please check Realtime is enabled'));
      await put(true);
      await eventually('the change is in force', () => isOn(provider));
      server.isDown = true;
      await expect(provider.reload()).rejects.toThrow('out of order');
      server.isDown = false;
      await provider.reload();
      await eventually('it has joined again', () => realtime.times('phx_join') > 1);
      await put(false);
      await eventually('the change is in force', () => !isOn(provider));
      expect(log().match(/cannot be watched/g)).toHaveLength(1);
    } finally {
      await pool.query('alter publication supabase_realtime add table flag_rulesets');
    }
  });

  test('a closed provider leaves its channel, and the connection to the client', async () => {
    const provider = await listening();
    await provider.onClose();
    await eventually('it has left', () => realtime.listening === 0);
    expect([realtime.times('phx_leave'), realtime.sockets]).toEqual([1, 1]);
    const before = server.answered.length;
    await put(true);
    await realtime.caughtUp();
    expect(server.answered).toHaveLength(before);
  });

  test('a process that closes the provider and disconnects the client ends by itself', async () => {
    const program = join(__dirname, 'supabase-process.mjs');
    const child = spawn(process.execPath, [program, server.url, server.key], { stdio: ['ignore', 'pipe', 'inherit'] });
    const output: string[] = [];
    child.stdout.on('data', (data: Buffer) => output.push(data.toString()));
    const exit = once(child, 'exit');
    await eventually('it listens', () => realtime.listening === 1);
    await put(true);
    const [code] = (await exit) as [number];
    expect([code, output.join('')]).toEqual([0, 'on\nclosed\n']);
    expect(realtime.sockets).toBe(0);
  });
});
