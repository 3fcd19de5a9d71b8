import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@halyard/testkit';
import { freePort } from '../relay/relay-address.ts';
import { ended, programAt } from './real-programs.ts';

/** Where Redis is. */
export const redisProgram: string | undefined = programAt('redis-server');

/** A Redis on loopback that keeps nothing. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'halyard-redis-'));
  #port = 0;
  #process: ChildProcess | undefined;

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts, or starts again at the same address, empty. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--dir', this.#folder];
    this.#process = spawn(redisProgram as string, options, { stdio: 'ignore' });
    await eventually('Redis accepts connections', () => accepts(this.#port));
  }

  async kill(): Promise<void> {
    if (this.#process !== undefined) await ended(this.#process);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Whether somebody listens there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}
