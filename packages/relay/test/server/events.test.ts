import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { ExportedEvent } from '@halyard/relay';
import { ask, closeRelays, someFlags, startRelay } from '../running-relay.ts';

afterEach(closeRelays);

const evaluationOf = (key: string, custom: object = {}): { body: unknown } => ({
  body: { evaluationContext: { key, custom }, context: { targetingKey: key, ...custom }, defaultValue: 'mine' },
});

/** What an own exporter was given, when the relay has closed. */
async function exportedBy(
  use: (relay: Awaited<ReturnType<typeof startRelay>>) => Promise<unknown>,
  options: Parameters<typeof startRelay>[0] = {},
): Promise<ExportedEvent[]> {
  const events: ExportedEvent[] = [];
  const relay = await startRelay({ ...options, exporter: { export: (batch) => void events.push(...batch) } });
  await use(relay);
  await relay.close();
  return events;
}

test('single evaluations are noted, those of unknown flags too; bulk evaluation is not', async () => {
  const quiet = { ...someFlags.welcome, trackEvents: false };
  const off = { ...someFlags.welcome, disable: true };
  const events = await exportedBy(
    async (relay) => {
      await ask(relay, '/v1/feature/welcome/eval', evaluationOf('u'));
      await ask(relay, '/ofrep/v1/evaluate/flags/missing', evaluationOf('v', { anonymous: true }));
      await ask(relay, '/v1/feature/off/eval', evaluationOf('w'));
      await ask(relay, '/v1/feature/quiet/eval', evaluationOf('x'));
      await ask(relay, '/v1/allflags', evaluationOf('y'));
      await ask(relay, '/ofrep/v1/evaluate/flags', evaluationOf('z'));
      await ask(relay, '/ofrep/v1/evaluate/flags/welcome', { body: {} });
    },
    { source: { ...someFlags, quiet, off } },
  );
  expect(events).toMatchObject([
    {
      kind: 'feature',
      contextKind: 'user',
      userKey: 'u',
      key: 'welcome',
      variation: 'on',
      value: true,
      default: false,
    },
    { contextKind: 'anonymousUser', userKey: 'v', key: 'missing', variation: 'SdkDefault', value: null, default: true },
    { userKey: 'w', key: 'off', variation: 'SdkDefault', value: 'mine', default: false, source: 'SERVER' },
  ]);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({ version: '1', source: 'SERVER' });
  expect(Math.abs((events[0]?.creationDate ?? 0) - Date.now() / 1000)).toBeLessThan(60);
});

test('the metadata of an exporter comes from the context, or from the enrichment', async () => {
  const metadata = (app: string): object => ({ gofeatureflag: { exporterMetadata: { app } } });
  const ofContext = await exportedBy((relay) =>
    ask(relay, '/v1/feature/welcome/eval', evaluationOf('u', metadata('web'))),
  );
  expect(ofContext).toMatchObject([{ metadata: { app: 'web' } }]);
  const ofRelay = await exportedBy(
    (relay) => ask(relay, '/v1/feature/welcome/eval', evaluationOf('u', metadata('web'))),
    {
      contextEnrichment: { ...metadata('relay'), anonymous: true },
    },
  );
  expect(ofRelay).toMatchObject([{ metadata: { app: 'relay' }, contextKind: 'anonymousUser' }]);
});

const sent = {
  kind: 'feature',
  contextKind: 'user',
  userKey: 'u',
  creationDate: 5,
  key: 'f',
  variation: 'a',
  value: 1,
  default: false,
};
const tracked = {
  kind: 'tracking',
  userKey: 'u',
  creationDate: 5,
  key: 'sale',
  evaluationContext: { a: 1 },
  trackingEventDetails: { value: 2 },
};

const collected = (events: unknown, meta?: unknown): Promise<ExportedEvent[]> =>
  exportedBy(async (relay) => {
    const answer = await ask(relay, '/v1/data/collector', { body: { events, meta } });
    expect(answer.json).toEqual({ ingestedContentCount: (events as unknown[]).length });
  });

test('collected events are converted, those with wrong types dropped', async () => {
  const events = await collected([
    sent,
    { ...sent, default: 'no' },
    { ...sent, version: 1 },
    { ...sent, creationDate: 'now' },
    { ...sent, creationDate: 1e300 },
    { ...tracked, creationDate: 1.5 },
    { ...tracked, trackingEventDetails: 'x' },
    tracked,
    null,
  ]);
  expect(events).toEqual([
    { ...sent, version: '', source: 'PROVIDER_CACHE' },
    tracked,
    {
      kind: '',
      userKey: '',
      creationDate: 0,
      key: '',
      variation: '',
      value: null,
      default: false,
      version: '',
      source: 'PROVIDER_CACHE',
    },
  ]);
});

test.each([
  [5.9, 5],
  [9_999_999_999, 9_999_999_999],
  [10_000_000_000, 1_000_000_000],
  [1_733_230_547_728, 1_733_230_547],
  [-1.5, -1],
  [null, 0],
])('the date %d is kept as %d', async (date, seconds) => {
  expect(await collected([{ ...sent, creationDate: date }])).toMatchObject([{ creationDate: seconds }]);
});

test('the metadata of a batch replaces that of its evaluations, not of tracking calls', async () => {
  const own = { metadata: { own: 1 } };
  expect(
    await collected(
      [
        { ...sent, ...own },
        { ...tracked, ...own },
      ],
      { app: 'x' },
    ),
  ).toMatchObject([{ metadata: { app: 'x' } }, {}]);
  expect(await collected([{ ...sent, ...own }])).toMatchObject([own]);
  const [, tracking] = await collected([sent, { ...tracked, ...own }], { app: 'x' });
  expect(tracking).not.toHaveProperty('metadata');
});

test('a file has one event a line, as the relay proxy writes them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-export-'));
  const file = path.join(folder, 'made', 'events.jsonl');
  const relay = await startRelay({ exporter: file, flushIntervalMs: 0 });
  const body = { events: [{ ...sent, value: { b: '<', a: 1 } }, tracked] };
  await ask(relay, '/v1/data/collector', { body });
  await eventually('they are written', () => fileText(file).split('\n').length === 3);
  expect(fileText(file)).toBe(
    '{"kind":"feature","contextKind":"user","userKey":"u","creationDate":5,"key":"f","variation":"a",' +
      String.raw`"value":{"a":1,"b":"\u003c"},"default":false,"version":"","source":"PROVIDER_CACHE"}` +
      '\n{"kind":"tracking","userKey":"u","creationDate":5,"key":"sale","evaluationContext":{"a":1},"trackingEventDetails":{"value":2}}\n',
  );
  await relay.close();
  rmSync(folder, { recursive: true, force: true });
});

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

test('flag sets have exporters of their own', async () => {
  const seen: Record<string, string[]> = { relay: [], own: [] };
  const into = (name: string): { export(batch: readonly ExportedEvent[]): void } => ({
    export: (batch) => void seen[name]?.push(...batch.map(({ userKey }) => userKey)),
  });
  const relay = await startRelay({
    exporter: into('relay'),
    flagSets: [
      { name: 'one', apiKeys: ['one'], source: someFlags },
      { name: 'two', apiKeys: ['two'], source: someFlags, exporter: into('own') },
    ],
  });
  for (const key of ['one', 'two']) {
    await ask(relay, '/v1/feature/welcome/eval', { ...evaluationOf(key), headers: { 'x-api-key': key } });
  }
  await relay.close();
  expect(seen).toEqual({ relay: ['one'], own: ['two'] });
});

test('only who asks for it sees events in the log; keys are never there', async () => {
  const logger = recordingLogger();
  const use = async (exporter: 'log' | undefined): Promise<string> => {
    const relay = await startRelay({ logger, apiKeys: ['secret'], flushIntervalMs: 0, ...(exporter && { exporter }) });
    await ask(relay, '/v1/feature/welcome/eval', { ...evaluationOf('somebody'), headers: { 'x-api-key': 'secret' } });
    await ask(relay, '/v1/feature/welcome/eval', {
      ...evaluationOf('somebody'),
      headers: { 'x-api-key': 'wrong-secret' },
    });
    await ask(relay, '/stream/v1/sse/flag/change?apiKey=wrong-secret');
    await relay.close();
    return JSON.stringify(logger.entries);
  };
  expect(await use(undefined)).not.toContain('somebody');
  expect(await use('log')).toContain('somebody');
  expect(JSON.stringify(logger.entries)).not.toContain('secret');
});
