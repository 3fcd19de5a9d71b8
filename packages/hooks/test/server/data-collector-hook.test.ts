import type { UsageBatch } from '@halyard/hooks';
import { DataCollectorHook, fileExporter } from '@halyard/hooks';
import type { Client, Provider } from '@openfeature/server-sdk';
import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScriptedExporter } from '../engine/scripted-exporter.ts';

afterEach(() => OpenFeature.close());

const flag = <T>(value: T): object => ({ variants: { on: value }, defaultVariant: 'on', disabled: false });
const somebody = { targetingKey: 'ada', email: 'canary@example.test' };

async function clientOf(provider: Provider, hook: DataCollectorHook): Promise<Client> {
  OpenFeature.clearHooks();
  await OpenFeature.setProviderAndWait(provider);
  const client = OpenFeature.getClient();
  client.clearHooks();
  return client.addHooks(hook);
}

const inMemory = (): Provider => new InMemoryProvider({ a: flag(true), b: flag({ nested: [1] }) } as never);
const eventsOf = (batches: readonly UsageBatch[]): unknown[] => batches.flatMap(({ events }) => events);

test('evaluations with a provider of somebody else arrive, errors as defaults', async () => {
  const exporter = new ScriptedExporter();
  const hook = new DataCollectorHook({ exporter, exporterMetadata: { app: 'shop' } });
  const client = await clientOf(inMemory(), hook);
  await client.getBooleanValue('a', false, somebody);
  await client.getObjectValue('b', {}, { anonymous: true });
  await client.getStringValue('missing', 'none', somebody);
  expect(await hook.flush()).toEqual({ sent: 3, left: 0 });
  const common = { kind: 'feature', source: 'PROVIDER_CACHE', creationDate: expect.any(Number) as number };
  expect(eventsOf(exporter.batches)).toEqual([
    { ...common, contextKind: 'user', userKey: 'ada', key: 'a', variation: 'on', value: true, default: false },
    {
      ...common,
      ...{ contextKind: 'anonymousUser', userKey: 'undefined-targetingKey', key: 'b' },
      ...{ variation: 'on', value: { nested: [1] }, default: false },
    },
    {
      ...common,
      contextKind: 'user',
      userKey: 'ada',
      key: 'missing',
      variation: 'SdkDefault',
      value: 'none',
      default: true,
    },
  ]);
  expect(JSON.stringify(exporter.batches)).not.toContain('canary');
  expect(exporter.batches[0]?.meta).toEqual({ app: 'shop' });
  const [{ creationDate }] = eventsOf(exporter.batches) as [{ creationDate: number }];
  expect(Math.abs(creationDate - Date.now() / 1_000)).toBeLessThan(60);
  await hook.close();
});

test('the file exporter writes JSON lines that only the owner can read, and appends', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'halyard-hooks-')), 'deep', 'usage.jsonl');
  for (const app of ['first', 'second']) {
    const hook = new DataCollectorHook({ exporter: fileExporter(path), exporterMetadata: { app } });
    const client = await clientOf(inMemory(), hook);
    await client.getBooleanValue('a', false, somebody);
    await hook.close();
  }
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { key: 'a', value: true, metadata: { app: 'first' } },
    { key: 'a', value: true, metadata: { app: 'second' } },
  ]);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('an evaluation goes on whatever becomes of the hook', async () => {
  const exporter = new ScriptedExporter();
  exporter.script = () => {
    throw new Error('down');
  };
  const hook = new DataCollectorHook({ exporter, maxBatch: 1 });
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const client = await clientOf(new InMemoryProvider({ a: flag(true), circular: flag(circular) } as never), hook);
  expect(await client.getBooleanValue('a', false, somebody)).toBe(true);
  expect(await client.getObjectValue('circular', {}, somebody)).toBe(circular);
  await hook.close();
  expect(await client.getBooleanValue('a', false, somebody)).toBe(true);
  expect(hook.stats().left).toBe(0);
});

test('a sample tells of a part', async () => {
  const exporter = new ScriptedExporter();
  const hook = new DataCollectorHook({ exporter, sample: 0.5 });
  const client = await clientOf(inMemory(), hook);
  for (let index = 0; index < 1_000; index++) await client.getBooleanValue('a', false, somebody);
  await hook.flush();
  expect(hook.stats().sent).toBeGreaterThan(350);
  expect(hook.stats().sent).toBeLessThan(650);
  await hook.close();
});

test('one error lists every wrong option', () => {
  const wrong = {
    sample: 2,
    maxBatch: 0,
    flushIntervalMs: 'x',
    attributes: [1],
    exporterMetadata: { a: [] },
    flush: 1,
  };
  expect(() => new DataCollectorHook(wrong as never)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      details: {
        faults: [
          expect.objectContaining({ path: 'sample' }),
          expect.objectContaining({ path: 'maxBatch' }),
          expect.objectContaining({ path: 'flushIntervalMs' }),
          expect.objectContaining({ path: 'attributes' }),
          expect.objectContaining({ path: 'exporterMetadata' }),
          expect.objectContaining({ path: 'flush' }),
          expect.objectContaining({ path: 'exporter', found: 'nothing' }),
        ],
      },
    }),
  );
  expect(() => new DataCollectorHook(undefined as never)).toThrow('exporter: found nothing');
  expect(() => fileExporter('')).toThrow('path');
});

test('an exporter that never lets go does not hold the hook for ever', async () => {
  const exporter = Object.assign(new ScriptedExporter(), { close: () => new Promise<void>(() => undefined) });
  const hook = new DataCollectorHook({ exporter });
  await hook.close();
}, 30_000);
