import { postgresSource } from '@halyard/provider-local/sources/postgres';
import { eventually } from '@halyard/testkit';
import { Client, Pool } from 'pg';
import { closeProviders, documentOf, following, isOn, switchedTo } from './following.ts';
import { postgresPrograms, PostgresServer } from './postgres-server.ts';
import { describeWithPrograms } from './real-programs.ts';

jest.setTimeout(60_000);

describeWithPrograms('a source in PostgreSQL', postgresPrograms, () => {
  let server: PostgresServer;
  let pool: Pool;
  const put = (on: boolean): Promise<unknown> =>
    pool.query('insert into flags values ($1, $2) on conflict (name) do update set definition = $2', [
      'flag',
      switchedTo(on),
    ]);

  beforeAll(async () => {
    server = new PostgresServer();
    await server.start();
    pool = new Pool({ connectionString: server.url });
    pool.on('error', () => undefined);
    await pool.query('create table flags (name text primary key, definition jsonb not null)');
    await pool.query(
      `create function told() returns trigger as $$ begin perform pg_notify('flag changes', ''); return null; end $$ language plpgsql`,
    );
    await pool.query('create trigger told after insert or update or delete on flags execute function told()');
  }, 60_000);

  afterEach(closeProviders);

  afterAll(async () => {
    await pool.end();
    await server.remove();
  });

  const query = 'select name, definition from flags order by name';
  const source = () => postgresSource({ client: pool, query, channel: 'flag changes', pollIntervalMs: 0 });

  test('a row that changes is in force without a poll, and the connection is given back', async () => {
    await put(false);
    const { provider } = await following(source());
    expect(isOn(provider)).toBe(false);
    await eventually('somebody listens', () => pool.totalCount > pool.idleCount);
    await put(true);
    await eventually('the change is in force', () => isOn(provider));
    await provider.onClose();
    await eventually('the connection is back', () => pool.totalCount === pool.idleCount);
  });

  test('a client of one connection will do', async () => {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      await put(false);
      const { provider } = await following(
        postgresSource({ client, query, channel: 'flag changes', pollIntervalMs: 0 }),
      );
      await eventually('the change is in force', async () => {
        await put(true);
        return isOn(provider);
      });
      await provider.onClose();
    } finally {
      await client.end();
    }
  });

  test('one column of one row is a whole document', async () => {
    const document = documentOf(true).replaceAll("'", "''");
    const { provider } = await following(postgresSource({ client: pool, query: `select '${document}' as document` }));
    expect(isOn(provider)).toBe(true);
  });

  test('a table that is emptied takes no flag away at once', async () => {
    await put(true);
    const { provider } = await following(source());
    await pool.query('delete from flags');
    await expect(provider.reload()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(isOn(provider)).toBe(true);
  });

  test('a server that goes away and comes back is listened to again', async () => {
    await put(false);
    const { provider } = await following(source());
    await eventually('somebody listens', () => pool.totalCount > pool.idleCount);
    await server.stop();
    expect(isOn(provider)).toBe(false);
    await server.start();
    await eventually('it can be written', () =>
      put(true).then(
        () => true,
        () => false,
      ),
    );
    await eventually('the change is in force', () => isOn(provider));
  });
});
