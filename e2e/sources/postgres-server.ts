import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@halyard/testkit';
import { Client } from 'pg';
import { freePort } from '../relay/relay-address.ts';
import { ended, programAt } from './real-programs.ts';

const initdb = programAt('initdb');
const postgres = programAt('postgres');

/** Where the programs of PostgreSQL are. */
export const postgresPrograms: Readonly<Record<string, string | undefined>> = { initdb, postgres };

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A PostgreSQL on loopback with a database of its own, owned by the user `halyard`, who needs no password. */
export class PostgresServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'halyard-postgres-'));
  #port = 0;
  #process: ChildProcess | undefined;

  get url(): string {
    return `postgres://halyard@127.0.0.1:${this.#port}/postgres`;
  }

  /** Starts, or starts again at the same address with what it had. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#initialize();
    this.#port ||= await freePort();
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${this.#port}`];
    const options = ['-D', join(this.#folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(postgres as string, options, { stdio: 'ignore', ...asNobody });
    this.#process = child;
    await eventually('PostgreSQL answers', () => {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with code ${child.exitCode}`);
      return this.#answers();
    });
  }

  /** It accepts connections before it can do anything with them. */
  async #answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Ends connections without a goodbye. */
  async stop(): Promise<void> {
    if (this.#process !== undefined) await ended(this.#process, 'SIGINT');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #initialize(): void {
    if ('uid' in asNobody) chownSync(this.#folder, NOBODY, NOBODY);
    const options = ['-D', join(this.#folder, 'data'), '-U', 'halyard', '--auth=trust', '--no-sync', '-E', 'UTF8'];
    const { status, stderr } = spawnSync(initdb as string, options, { cwd: this.#folder, ...asNobody });
    if (status !== 0) throw new Error(`initdb ended with ${status}: ${String(stderr)}`);
  }
}
