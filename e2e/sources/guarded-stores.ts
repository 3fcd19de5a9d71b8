// Real stores, each behind a gate that can hang and refuse.
import type { Source } from '@halyard/provider-local';
import { relaySource } from '@halyard/provider-local';
import { postgresSource } from '@halyard/provider-local/sources/postgres';
import { redisSource } from '@halyard/provider-local/sources/redis';
import { supabaseSource } from '@halyard/provider-local/sources/supabase';
import { createRelay } from '@halyard/relay';
import { recordingLogger } from '@halyard/testkit';
import { createClient as createSupabaseClient } from '@supabase/supabase-js';
import { Pool } from 'pg';
import { createClient as createRedisClient } from 'redis';
import WebSocket from 'ws';
import { documentOf, switchedTo } from './following.ts';
import { redisProgram, RedisServer } from './redis-server.ts';
import { projectPrograms, put, startedDatabase } from './supabase-project.ts';
import { SupabaseServer } from './supabase-server.ts';
import { TcpGate } from './tcp-gate.ts';

/** A store that is up, and a way to it. */
export interface GuardedStore {
  readonly gate: TcpGate;
  /** A source on the store, through the gate, over a client of its own that `remove` ends. */
  source(): Source;
  put(on: boolean): Promise<unknown>;
  remove(): Promise<void>;
}

export interface StoreKind {
  readonly programs: Readonly<Record<string, string | undefined>>;
  start(): Promise<GuardedStore>;
}

const limits = { timeoutMs: 1_000, pollIntervalMs: 200 };
const nothing = (): void => undefined;

async function redis(): Promise<GuardedStore> {
  const server = new RedisServer();
  await server.start();
  const own = createRedisClient({ url: server.url });
  await own.connect();
  const gate = new TcpGate(Number(new URL(server.url).port));
  await gate.turn('passes');
  const clients: ReturnType<typeof createRedisClient>[] = [];
  return {
    gate,
    source() {
      const socket = { reconnectStrategy: 50, socketTimeout: 1_000 };
      const client = createRedisClient({ url: `redis://127.0.0.1:${gate.port}`, socket });
      client.on('error', nothing);
      client.connect().catch(nothing);
      clients.push(client as never);
      return redisSource({ client, key: 'flags', ...limits });
    },
    put: (on) => own.set('flags', documentOf(on)),
    async remove() {
      for (const client of [own, ...clients]) client.destroy();
      await gate.remove();
      await server.remove();
    },
  };
}

async function postgres(): Promise<GuardedStore> {
  const { database, pool } = await startedDatabase();
  const gate = new TcpGate(Number(new URL(database.url).port));
  await gate.turn('passes');
  const pools: Pool[] = [];
  return {
    gate,
    source() {
      const connectionString = database.url.replace(/:\d+\//, `:${gate.port}/`);
      const client = new Pool({ connectionString, connectionTimeoutMillis: 1_000, query_timeout: 1_000 });
      client.on('error', nothing);
      pools.push(client);
      return postgresSource({ client, ...limits });
    },
    put: (on) => put(pool, 'flag', switchedTo(on)),
    async remove() {
      await gate.remove();
      for (const one of [pool, ...pools]) await one.end();
      await database.remove();
    },
  };
}

async function supabase(): Promise<GuardedStore> {
  const { database, pool } = await startedDatabase();
  const server = new SupabaseServer(database);
  await server.start();
  const gate = new TcpGate(Number(new URL(server.url).port));
  await gate.turn('passes');
  return {
    gate,
    source() {
      const realtime = { transport: WebSocket as never };
      const client = createSupabaseClient(`http://127.0.0.1:${gate.port}`, server.key, { realtime });
      return supabaseSource({ client, realtime: false, ...limits });
    },
    put: (on) => put(pool, 'flag', switchedTo(on)),
    async remove() {
      await gate.remove();
      await server.remove();
      await pool.end();
      await database.remove();
    },
  };
}

async function relay(): Promise<GuardedStore> {
  let on = false;
  const flags: Source = {
    describe: () => 'flags of the relay',
    load: async () => ({
      version: String(on),
      documents: [{ origin: 'relay', definitions: { flag: switchedTo(on) } }],
    }),
  };
  const running = await createRelay({ source: flags, port: 0, logger: recordingLogger() });
  const gate = new TcpGate(Number(new URL(running.url).port));
  await gate.turn('passes');
  return {
    gate,
    source: () => relaySource({ endpoint: `http://127.0.0.1:${gate.port}`, changes: 'poll', ...limits }),
    async put(next) {
      on = next;
      await running.reload();
    },
    async remove() {
      await gate.remove();
      await running.close();
    },
  };
}

export const storeKinds: Readonly<Record<string, StoreKind>> = {
  Redis: { programs: { 'redis-server': redisProgram }, start: redis },
  PostgreSQL: { programs: projectPrograms, start: postgres },
  Supabase: { programs: projectPrograms, start: supabase },
  'a relay': { programs: {}, start: relay },
};
