import type { LoadedFlags } from '../../src/index.ts';
import { supabaseSource } from '../../src/sources-supabase.ts';
import { switchedTo } from '../flag-definitions.ts';

const never = new AbortController().signal;

interface Row {
  name: string;
  ruleset: unknown;
  updated_at: string;
}

/** A client of supabase-js over rows, with what it was asked. */
function supabase(rows: Row[]): {
  rows: Row[];
  error: { message: string; code?: string } | null;
  status: number;
  asked: string[];
  from(table: string): unknown;
} {
  return {
    ...{ rows, error: null, status: 200, asked: [] as string[] },
    from(table) {
      const answer = (columns: string): unknown => {
        this.asked.push(`${table}: ${columns}`);
        const picked = this.rows.map((row) =>
          Object.fromEntries(columns.split(',').map((column) => [column, row[column as keyof Row]])),
        );
        return this.error === null
          ? { data: picked, error: null, status: this.status }
          : { data: null, error: this.error, status: this.status };
      };
      return { select: (columns: string) => ({ abortSignal: async () => answer(columns) }) };
    },
  };
}

const rowsOf = (on: boolean, updated: string): Row[] => [
  { name: 'flag', ruleset: switchedTo(on), updated_at: updated },
  { name: 'also', ruleset: switchedTo(true), updated_at: '2026-01-01T00:00:00+00:00' },
];

async function loaded(source: ReturnType<typeof supabaseSource>, previous?: string): Promise<LoadedFlags> {
  const answer = await source.load(previous, never);
  if (answer === 'unchanged') throw new Error('nothing was loaded');
  return answer;
}

test('a poll is one request, without the rulesets, as long as nothing is newer', async () => {
  const client = supabase(rowsOf(false, '2026-01-01T00:00:00+00:00'));
  const source = supabaseSource({ client, table: 'rules' });
  const { version, documents } = await loaded(source);
  expect(documents).toEqual([
    { origin: 'supabase table rules', definitions: { also: switchedTo(true), flag: switchedTo(false) } },
  ]);
  expect(await source.load(version, never)).toBe('unchanged');
  expect(client.asked).toEqual(['rules: name,ruleset,updated_at', 'rules: name,updated_at']);
});

test('a row that is newer, new or gone has everything read', async () => {
  const client = supabase(rowsOf(false, '2026-01-01T00:00:00+00:00'));
  const source = supabaseSource({ client });
  let { version } = await loaded(source);
  for (const rows of [rowsOf(true, '2026-01-02T00:00:00+00:00'), rowsOf(true, '').slice(0, 1)]) {
    client.rows = rows;
    ({ version } = await loaded(source, version));
  }
  client.rows = [...rowsOf(true, '')].reverse();
  expect((await loaded(source, version)).documents).toMatchObject([{ definitions: { flag: switchedTo(true) } }]);
});

test('rows that were touched only are no change', async () => {
  const client = supabase(rowsOf(true, '2026-01-01T00:00:00+00:00'));
  const source = supabaseSource({ client });
  const { version } = await loaded(source);
  client.rows = rowsOf(true, '2026-01-02T00:00:00+00:00');
  expect(await source.load(version, never)).toBe('unchanged');
  expect(await source.load(version, never)).toBe('unchanged');
  expect(client.asked).toHaveLength(4);
});

test('what was loaded and refused is read again', async () => {
  const client = supabase(rowsOf(true, '2026-01-01T00:00:00+00:00'));
  const source = supabaseSource({ client });
  await loaded(source);
  await loaded(source, 'an earlier version');
  expect(client.asked.filter((asked) => asked.includes('ruleset,'))).toHaveLength(2);
});

test.each([
  [401, 'Invalid API key', 'AUTHENTICATION_FAILED'],
  [404, 'relation "public.flag_rulesets" does not exist', 'SOURCE_UNAVAILABLE'],
])('status %i is a failure that says what Supabase said', async (status, message, code) => {
  const client = supabase([]);
  Object.assign(client, { status, error: { message, code: '42P01' } });
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message) as string,
  });
});

test('rows without a name are refused', async () => {
  const source = supabaseSource({ client: supabase([{ name: 1 as never, ruleset: {}, updated_at: '' }]) });
  await expect(source.load(undefined, never)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('with realtime a change of the table is a notice, and so is a channel that comes up', () => {
  const told: string[] = [];
  let changed = (): void => undefined;
  let tell: (status: string) => void = () => undefined;
  const channel = {
    on(kind: string, filter: object, listener: () => void) {
      told.push(`${kind} ${JSON.stringify(filter)}`);
      changed = listener;
      return channel;
    },
    subscribe(listener: typeof tell) {
      tell = listener;
      return channel;
    },
  };
  const realtime = { channel: () => channel, removeChannel: async () => told.push('removed') };
  const client = Object.assign(supabase([]), realtime);
  const following = new AbortController();
  let notices = 0;
  void supabaseSource({ client }).watch?.(() => notices++, following.signal);
  tell('CHANNEL_ERROR');
  expect(notices).toBe(0);
  tell('SUBSCRIBED');
  changed();
  expect(notices).toBe(2);
  following.abort();
  expect(told).toEqual(['postgres_changes {"event":"*","schema":"public","table":"flag_rulesets"}', 'removed']);
  void supabaseSource({ client, realtime: false }).watch?.(() => notices++, never);
  expect(told).toHaveLength(2);
});
