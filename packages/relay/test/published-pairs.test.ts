import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describePublished, publishedTable } from '@halyard/testkit';
import { ask, closeRelays, startRelay } from './running-relay.ts';

interface Pair {
  readonly id: string;
  /** The name of a set of flags, or one name for each key. */
  readonly flags?: string | Readonly<Record<string, string>>;
  readonly ignore?: readonly string[];
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body: { readonly json?: unknown; readonly raw?: string };
  };
  readonly response: { readonly status?: number; readonly error?: string; readonly body?: { readonly json: unknown } };
  readonly collected?: readonly string[];
}

interface Table {
  readonly flags: Readonly<Record<string, Record<string, unknown>>>;
  readonly cases: readonly Pair[];
}

const table = publishedTable<Table>('relay-http/relay-http.json');

/** Pairs of handlers without router or authentication; what a relay as a whole answers stands here. */
const argued: Readonly<Record<string, { status: number; message: string }>> = {
  'v1-eval/no flag key in URL': { status: 500, message: 'Internal Server Error' },
  'v1-configuration-flagset/API key not linked to a flagset': { status: 401, message: 'invalid key' },
};

const definitionsOf = (name: string): Record<string, unknown> => table?.flags[name] ?? {};

/** The options of a relay that serves what a pair wants; events go to `file`. */
function optionsFor({ flags, request }: Pair, file: string): Parameters<typeof startRelay>[0] {
  const key = request.headers?.['authorization']?.slice('Bearer '.length);
  const sets = typeof flags === 'object' ? flags : key === undefined ? undefined : { [key]: '' };
  if (sets === undefined) return { source: definitionsOf(flags as string), exporter: file };
  return {
    exporter: file,
    flagSets: Object.entries(sets).map(([apiKey, name], index) => ({
      name: `set${index}`,
      apiKeys: [apiKey],
      source: definitionsOf(name),
    })),
  };
}

function without(names: readonly string[], value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (names.includes(name) ? undefined : inner)));
}

describePublished('the published pairs of the relay proxy', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'halyard-pairs-'))));
  afterEach(async () => {
    await closeRelays();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(table?.cases ?? [])('$id', async (pair) => {
    const { id, request, response, ignore = [], collected } = pair;
    const file = path.join(folder, 'events.jsonl');
    const relay = await startRelay(optionsFor(pair, file));
    const { method, headers = {}, body } = request;
    const sent = { 'content-type': 'application/json', ...headers };
    const answer = await ask(relay, request.path, { method, headers: sent, body: body.json ?? body.raw ?? '' });
    const expected = argued[id];
    expect(answer.status).toBe(expected?.status ?? response.status);
    if (expected !== undefined) expect(answer.json).toEqual({ message: expected.message });
    else if (response.error !== undefined) expect(messageIn(answer.json)).toBe(response.error);
    else if (response.body !== undefined) {
      expect(without(ignore, answer.json)).toEqual(without(ignore, response.body.json));
    }
    if (collected === undefined) return;
    await relay.close();
    expect(readFileSync(file, 'utf8').trim().split('\n').map(parse)).toEqual([parse(collected.join('\n'))]);
  });
});

const parse = (text: string): unknown => JSON.parse(text);

function messageIn(body: unknown): unknown {
  const { message, errorDetails } = body as Record<string, unknown>;
  return message ?? errorDetails;
}
