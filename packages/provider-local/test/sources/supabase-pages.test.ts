import fc from 'fast-check';
import { supabaseSource } from '../../src/sources-supabase.ts';
import { switchedTo } from '../flag-definitions.ts';
import type { FakeClient, Row } from './supabase-client.ts';
import { supabase } from './supabase-client.ts';

const never = new AbortController().signal;

let tick = 0;
const rowNamed = (name: string): Row => ({ name, ruleset: switchedTo(true), updated_at: `moment ${++tick}` });

/** A client that gives three rows at a time. */
function inPages(names: string): FakeClient {
  return Object.assign(supabase([...names].map(rowNamed)), { maxRows: 3 });
}

async function namesOf(client: FakeClient): Promise<string> {
  const loaded = await supabaseSource({ client }).load(undefined, never);
  const [document] = loaded === 'unchanged' ? [] : loaded.documents;
  return document !== undefined && 'definitions' in document
    ? Object.keys(document.definitions).toSorted().join('')
    : '';
}

test('rows that do not come with the first answer are asked for, and looked at once more in the end', async () => {
  const client = inPages('abcdefgh');
  expect(await namesOf(client)).toBe('abcdefgh');
  const pages = (columns: string): string[] =>
    ['', ' from 3', ' from 6'].map((from) => `flag_rulesets: ${columns}${from}`);
  expect(client.asked).toEqual([...pages('name,ruleset,updated_at'), ...pages('name,updated_at')]);
});

test.each(['abc', 'a', ''])('rows %j come with one request', async (names) => {
  const client = inPages(names);
  expect(await namesOf(client)).toBe(names);
  expect(client.asked).toHaveLength(1);
});

test('a poll of many rows asks for none of their rulesets', async () => {
  const client = inPages('abcdefgh');
  const source = supabaseSource({ client });
  const loaded = await source.load(undefined, never);
  client.asked.length = 0;
  expect(await source.load(loaded === 'unchanged' ? '' : loaded.version, never)).toBe('unchanged');
  expect(client.asked.join()).not.toContain('ruleset,');
  expect(client.asked).toHaveLength(3);
});

test('a change of the last page is noticed', async () => {
  const client = inPages('abcdefgh');
  const source = supabaseSource({ client });
  const loaded = await source.load(undefined, never);
  client.rows = client.rows.with(7, rowNamed('h'));
  client.rows[7]!.ruleset = switchedTo(false);
  const after = await source.load(loaded === 'unchanged' ? '' : loaded.version, never);
  expect(after).toMatchObject({ documents: [{ definitions: { h: switchedTo(false) } }] });
});

test('each request can be given up', async () => {
  const client = inPages('abcdefgh');
  await supabaseSource({ client }).load(undefined, never);
  expect(client.signals).toEqual(Array(6).fill(never));
});

test.each([null, Number.NaN, -1, 1.5])(
  'where %p rows are counted, it is asked until there are no more',
  async (count) => {
    for (const names of ['abcdefgh', 'abc', 'a', '']) {
      const client = Object.assign(inPages(names), { count });
      expect(await namesOf(client)).toBe(names);
      // the rows, a look behind them, and the same for what was touched meanwhile; of no rows there is nothing behind
      expect(client.asked).toHaveLength(names === '' ? 1 : 2 * (Math.ceil(names.length / 3) + 1));
    }
  },
);

test('a client that neither counts nor gives parts is believed to have given all', async () => {
  const client = supabase(Array.from('abcdefgh', rowNamed));
  expect(await namesOf(client)).toBe('abcdefgh');
  expect(client.asked).toHaveLength(1);
});

test('rows without a count and without an end are refused', async () => {
  const client = Object.assign(inPages('abcdefgh'), { count: null });
  client.answered = () =>
    client.rows.push(rowNamed(`z${client.rows.length}`), rowNamed(`z${client.rows.length + 1}`), rowNamed('zz'));
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toThrow('more than 100 requests');
  expect(client.asked).toHaveLength(100);
});

test.each([
  [1e12, 'abc', /1000000000000 rows and gives 3 at a time/],
  [301, 'abcdef', /301 rows/],
  [1, '', /1 rows and gives 0 at a time/],
])('a count of %d over rows %j is refused after one request', async (count, names, message) => {
  const client = Object.assign(inPages(names), { count });
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toMatchObject({
    ...{ code: 'SOURCE_INVALID', message: expect.stringMatching(message) as string },
  });
  expect(client.asked).toHaveLength(1);
});

test('a count that the rows never reach ends in an error', async () => {
  const client = Object.assign(inPages('abcdefgh'), { count: 20 });
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toMatchObject({
    ...{ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('fewer rows than it counts') as string },
  });
  expect(client.asked.length).toBeLessThanOrEqual(300);
});

test('a poll that does not get all that is counted does not find the flags unchanged', async () => {
  const client = inPages('abc');
  const source = supabaseSource({ client });
  const loaded = await source.load(undefined, never);
  client.count = 5;
  await expect(source.load(loaded === 'unchanged' ? '' : loaded.version, never)).rejects.toThrow('than it counts');
});

test('a failure of a later page is a failure', async () => {
  const client = inPages('abcdefgh');
  client.answered = () => void (client.error = { message: 'out of order' });
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toThrow('out of order');
});

test('rows that change for ever are no flags', async () => {
  const client = inPages('abcdefgh');
  client.answered = () => (client.rows = client.rows.with(0, rowNamed('a')));
  await expect(supabaseSource({ client }).load(undefined, never)).rejects.toThrow('changed while it was read');
});

const someName = fc.constantFrom(...'abcdefghijkl'.split(''));

const aChange = fc.record({
  after: fc.nat({ max: 20 }),
  name: someName,
  kind: fc.constantFrom('put', 'remove'),
});

test('whatever changes while pages are read, what is loaded is the table as it was at one moment', async () => {
  const changes = fc.array(aChange, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(someName), changes, fc.boolean(), async (names, planned, isCounted) => {
      const client = inPages(names.join(''));
      if (!isCounted) client.count = null;
      const stateOf = (rows: readonly Row[]): string =>
        JSON.stringify(rows.map(({ ruleset }) => String(ruleset)).toSorted());
      const label = (row: Row): Row => ({ ...row, ruleset: `"${row.name} ${row.updated_at}"` });
      client.rows = client.rows.map(label);
      const states = [stateOf(client.rows)];
      client.answered = () => {
        for (const { name, kind } of planned.filter(({ after }) => after === client.asked.length)) {
          const others = client.rows.filter((row) => row.name !== name);
          client.rows = kind === 'put' ? [...others, label(rowNamed(name))] : others;
          states.push(stateOf(client.rows));
        }
      };
      const loaded = await supabaseSource({ client })
        .load(undefined, never)
        .catch(() => undefined);
      if (loaded === undefined || loaded === 'unchanged') return expect(planned).not.toEqual([]);
      const [document] = loaded.documents as readonly { definitions: object }[];
      const texts = Object.values(document!.definitions).map((text) => `"${String(text)}"`);
      expect(states).toContain(JSON.stringify(texts.toSorted()));
    }),
    { numRuns: 500 },
  );
});
