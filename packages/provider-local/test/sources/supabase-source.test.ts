import type { LoadedFlags } from '../../src/index.ts';
import { supabaseSource } from '../../src/sources-supabase.ts';
import { switchedTo } from '../flag-definitions.ts';
import type { Row } from './supabase-client.ts';
import { supabase } from './supabase-client.ts';

const never = new AbortController().signal;

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
