import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@halyard/testkit';
import type { ExitCode } from '@halyard/cli';
import { runHalyard } from '@halyard/cli';
import { collectedHost } from './collected-host.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'halyard-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const flag = '{ variations: { on: true }, defaultRule: { variation: on } }';

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function ran(...args: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const { host, out, err } = collectedHost();
  const code = await runHalyard(args, host);
  return { code, out: out(), err: err() };
}

/** Serves until `use` has come to its end. */
async function serving(
  args: readonly string[],
  use: (url: string, host: ReturnType<typeof collectedHost>) => Promise<void>,
  overrides: Parameters<typeof collectedHost>[0] = {},
): Promise<{ code: ExitCode; out: string; err: string }> {
  const collected = collectedHost(overrides);
  const running = runHalyard(['serve', '--port', '0', ...args], collected.host);
  await eventually('it listens', () => /http:\/\/[^"\s\u001b]+/.test(collected.out()));
  const [url = ''] = /http:\/\/[^"\s\u001b]+/.exec(collected.out()) ?? [];
  await use(url, collected);
  collected.stop();
  return { code: await running, out: collected.out(), err: collected.err() };
}

const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('help and version are answers like any other', async () => {
  expect(await ran('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  expect(await ran('serve', '--version')).toMatchObject({ code: 0, out: '1.2.3\n' });
  expect(await ran('--help')).toMatchObject({ code: 0, out: expect.stringContaining('serve <flags…>') as string });
  const { out } = await ran('serve', '-h');
  for (const option of ['--port', '--host', '--api-key', '--admin-key', '--export', '--enrich', '--json']) {
    expect(out).toContain(option);
  }
});

test.each([
  [[], 'say what to do'],
  [['srve'], 'unknown command "srve"; did you mean serve?'],
  [['dance'], 'unknown command "dance"'],
  [['serve', '--por', '1'], 'unknown option --por; did you mean --port?'],
  [['serve', '--xyzzy'], 'unknown option --xyzzy'],
  [['serve', '--port'], '--port needs a value'],
  [['serve', '--host', '--port'], '--host needs a value'],
  [['serve', '--host', ''], '--host needs a value'],
  [['serve', '-p', '1', '--port=2'], '--port is there twice, and can have only one value'],
  [['serve', 'flags.txt'], '"flags.txt" is no file of flags: they end in .yaml, .yml, .json or .toml'],
  [['serve', '-'], '- is standard input, which cannot be followed: name a file'],
  [['help', 'srve'], 'unknown command "srve"; did you mean serve?'],
  [['serve', '--json=yes'], '--json takes no value'],
  [['serve', '--port', '1e3'], '--port must be a whole number from 0 to 65535'],
  [['serve', '--port', '70000'], '--port must be a whole number from 0 to 65535'],
  [['serve', '--enrich', 'plan'], '--enrich must be <attribute>=<value>'],
])('%j is answered by saying what is wrong', async (args, problem) => {
  const more = args[0] === 'serve' ? 'halyard serve' : 'halyard';
  expect(await ran(...args)).toEqual({ code: 2, out: '', err: `halyard: ${problem}\nTry: ${more} --help\n` });
});

test('serves a file, tells what changes in it, and stops when asked to', async () => {
  const file = write('flags.yaml', `one: ${flag}\n`);
  const { code, out, err } = await serving([file], async (url, { out }) => {
    const answer = await fetch(`${url}/v1/flag/change`);
    expect(await answer.json()).toHaveProperty('flags.one');
    write('flags.yaml', `one: ${flag}\ntwo: ${flag}\n`);
    await eventually('the change is told', () => out().includes('two'));
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replace(/:\d+/, ':0')).toBe(
    `http://127.0.0.1:0 serves 1 flag from file ${file}\nflags loaded: added two\nstopped\n`,
  );
});

test('says what is wrong with flags, and where', async () => {
  const file = write('flags.yaml', `good: ${flag}\nbad:\n  variations: { a: 1 }\n`);
  const { out, err } = await serving([file], async (_url, { err }) => {
    write('flags.yaml', 'good: [');
    await eventually('the fault is told', () => err().includes('not valid YAML'));
  });
  expect(out).toContain('serves 1 flag');
  expect(err).toContain(`${file}:3:3: flag "bad" is left out: the flag has no defaultRule`);
  expect(err).toMatch(/flags\.yaml:1:\d+: not valid YAML[^]*the flags in force stay/);
});

test('several files are one, of a flag in both the last one counts', async () => {
  const one = write('one.yaml', `a: ${flag}\nb: ${flag}\n`);
  const two = write('two.json', '{"b":{"variations":{"x":"two"},"defaultRule":{"variation":"x"}}}');
  await serving([one, two], async (url) => {
    const body = JSON.stringify({ context: {} });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/ofrep/v1/evaluate/flags/b`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ value: 'two' });
  });
});

test.each([
  [['--api-key', 'k1', '--api-key', 'k2', '--admin-key', 'root'], {}],
  [[], { HALYARD_API_KEYS: 'k1, k2,', HALYARD_ADMIN_KEYS: 'root' }],
])('keys come from the command line or from the environment, and are never shown: %j %j', async (args, env) => {
  const file = write('flags.yaml', `one: ${flag}\n`);
  const serve = async (url: string): Promise<void> => {
    const statusFor = async (key: string): Promise<number> =>
      (await fetch(`${url}/v1/flag/change`, { headers: { 'x-api-key': key } })).status;
    expect(await Promise.all(['k1', 'k2', 'root', 'nope'].map(statusFor))).toEqual([200, 200, 200, 401]);
    const headers = { 'x-api-key': 'root' };
    const refreshed = await fetch(`${url}/admin/v1/retriever/refresh`, { method: 'POST', headers });
    expect(await refreshed.json()).toEqual({ refreshed: true });
  };
  const { out, err } = await serving([file, ...args], serve, { env });
  expect(out + err).not.toMatch(/k1|k2|root/);
});

test('enriches contexts and exports events', async () => {
  const file = write(
    'flags.json',
    JSON.stringify({
      f: {
        variations: { y: 1, n: 0 },
        targeting: [{ query: 'n in [2] and plan eq "gold"', variation: 'y' }],
        defaultRule: { variation: 'n' },
      },
    }),
  );
  const events = path.join(folder, 'events.jsonl');
  const evaluate = async (url: string): Promise<void> => {
    const body = JSON.stringify({ evaluationContext: { key: 'ada' } });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/v1/feature/f/eval`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ value: 1 });
  };
  const enrichment = ['--enrich', 'n=2', '--enrich', 'plan=gold'];
  await serving([file, ...enrichment, '--export', events], evaluate);
  expect(lines(readFileSync(events, 'utf8'))).toMatchObject([{ key: 'f', userKey: 'ada', value: 1 }]);
  const { out } = await serving([file, ...enrichment, '--export', 'log'], evaluate);
  expect(out).toContain('ada got f = 1 (y)');
});

test('speaks JSON to programs', async () => {
  const file = write('flags.yaml', `one: ${flag}\nbad: {}\n`);
  const { out, err } = await serving([file, '--json', '--export', 'log'], async (url, { out }) => {
    const body = JSON.stringify({ evaluationContext: { key: 'ada' } });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/v1/feature/one/eval`, { method: 'POST', headers, body });
    await eventually('it is told', () => out().includes('exported'));
    write('flags.yaml', `two: ${flag}\n`);
    await eventually('the change is told', () => out().includes('changed'));
  });
  expect(err).toBe('');
  const told = lines(out) as { event: string }[];
  expect(told.filter(({ event }) => event !== 'warning')).toMatchObject([
    { event: 'listening', port: expect.any(Number) as number, flags: 1, from: `file ${file}` },
    { event: 'exported', exported: { key: 'one', userKey: 'ada' } },
    { event: 'changed', added: ['two'], updated: [], deleted: ['one'] },
    { event: 'stopped' },
  ]);
  expect(told).toContainEqual({
    event: 'warning',
    message: expect.stringContaining('flag "bad" is left out') as string,
  });
});

test('colours are for terminals, and not for those who do not want them', async () => {
  const file = write('flags.yaml', `one: ${flag}\nbad: {}\n`);
  const shown = async (overrides: Parameters<typeof collectedHost>[0]): Promise<boolean> => {
    const { out, err } = await serving([file], async () => undefined, overrides);
    return (out + err).includes('\u001b[');
  };
  expect(await shown({ isTTY: true })).toBe(true);
  expect(await shown({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
  expect(await shown({ isTTY: false })).toBe(false);
});

test('flags that cannot be served and ports that cannot be had are findings, wrong names wrong use', async () => {
  const file = write('flags.yaml', `one: ${flag}\n`);
  const missing = await ran('serve', path.join(folder, 'missing.yaml'), '--port', '0');
  expect(missing).toMatchObject({ code: 1, out: '' });
  expect(missing.err).toMatch(/^.*missing\.yaml cannot be read: .*\n$/);
  expect(await ran('serve', path.join(folder, 'flags.txt'), '--port', '0')).toMatchObject({ code: 2, out: '' });
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const { code, err } = await ran('serve', file, '--port', String(port));
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining(`cannot listen on 127.0.0.1:${port}`) as string,
  });
  await new Promise((resolve) => other.close(resolve));
});

test('asked to stop before it has begun, it stops', async () => {
  const { host, stop } = collectedHost();
  stop();
  expect(await runHalyard(['serve', write('flags.yaml', `one: ${flag}\n`), '--port', '0'], host)).toBe(0);
});

test('a variable for keys that holds none is wrong use, not an open relay', async () => {
  const { host, err } = collectedHost({ env: { HALYARD_API_KEYS: ' , ,' } });
  expect(await runHalyard(['serve', '--port', '0'], host)).toBe(2);
  expect(err()).toContain('HALYARD_API_KEYS is set, but holds no key');
});
