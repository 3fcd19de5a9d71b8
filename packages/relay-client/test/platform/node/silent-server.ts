// Servers to which one can connect only so far.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { eventually } from '@halyard/testkit';
import { rawServer } from '@halyard/testkit/loopback-server';

const script = `
  const server = require('node:http').createServer((request, response) => response.end('{}'));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

/** More than are let in: the last one keeps trying, and shows that nobody else gets in. */
const FILLERS = 3;

const stopped: ChildProcess[] = [];
const fillers: Socket[] = [];

afterEach(async () => {
  for (const filler of fillers.splice(0)) filler.destroy();
  for (const server of stopped.splice(0)) {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
});

/** A server that goes silent at some point of connecting. */
export interface SilentServer {
  readonly url: string;
  /** Sockets to it that are none of the test's. */
  readonly others: number;
  /** Goes on as if nothing had been. */
  recover?(): void;
}

/** Ways to be silent: the system lets wait who comes when nobody accepts; or who wants to speak TLS is not answered. */
export const silentServers: Readonly<Record<string, () => Promise<SilentServer>>> = {
  TCP: async () => {
    const server = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    stopped.push(server);
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    server.kill('SIGSTOP');
    await fill(Number(port));
    const recover = (): void => void server.kill('SIGCONT');
    return { url: `http://127.0.0.1:${Number(port)}`, others: FILLERS, recover };
  },
  TLS: async () => {
    const { url } = await rawServer(() => undefined);
    return { url: url.replace('http:', 'https:'), others: 0 };
  },
};

/** Takes all places there are for those who are not accepted yet. */
async function fill(port: number): Promise<void> {
  const begun = Array.from({ length: FILLERS }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  fillers.push(...begun);
  await eventually('the places are taken', () => begun.filter(({ connecting }) => !connecting).length === FILLERS - 1);
}

const CONNECTED_OR_CONNECTING = ['01', '02'];

/** How many of the test's sockets there are on the way to a server, connected ones included. */
export function socketsTo({ url, others }: SilentServer): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  const sockets = rows.filter((row) => {
    const [, , remote, state] = row.trim().split(/\s+/);
    return remote?.endsWith(`:${port}`) === true && CONNECTED_OR_CONNECTING.includes(state ?? '');
  });
  return sockets.length - others;
}

/** Whether sockets to others can be counted here. */
export const canCountSockets: boolean = process.platform === 'linux';
