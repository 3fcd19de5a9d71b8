import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fnv1a } from '@halyard/core';
import { WebSocketServer } from 'ws';
import { changeMessageOf, relayPaths } from '../src/index.ts';

/** The change endpoints of a relay on loopback, over a set of definitions. */
export class StandInRelay {
  key: string;
  #flags: Record<string, unknown> = {};
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #streams = new Set<ServerResponse>();

  constructor(key: string) {
    this.key = key;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many streams are open. */
  get listeners(): number {
    return this.#upgrades.clients.size + this.#streams.size;
  }

  /** Listens, on the same port each time. */
  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on('connection', (socket: Socket) => void this.#sockets.add(socket.unref()));
    server.on('upgrade', (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? '', this.url);
      if (pathname !== relayPaths.webSocket || searchParams.get('apiKey') !== this.key) return void socket.destroy();
      this.#upgrades.handleUpgrade(request, socket, head, () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As with SIGKILL: sockets die without a goodbye. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    this.#streams.clear();
    await closed;
  }

  /** Replaces one definition and says so to everybody who listens. */
  edit(flag: string, definition: unknown): void {
    const change = { flag, before: this.#flags[flag], after: definition };
    this.#flags = { ...this.#flags, [flag]: definition };
    const text = `${JSON.stringify(changeMessageOf([change]))}\n`;
    for (const peer of this.#upgrades.clients) peer.send(text);
    for (const stream of this.#streams) stream.write(`id: \ndata: ${text}\n`);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const isStream = pathname === relayPaths.eventStream;
    const key = isStream ? searchParams.get('apiKey') : request.headers.authorization?.replace('Bearer ', '');
    if (key !== this.key) return void response.writeHead(401).end('{"message":"invalid key"}');
    if (isStream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      this.#streams.add(response);
      return;
    }
    if (pathname !== relayPaths.flagHashes) return void response.writeHead(404).end('{"message":"Not Found"}');
    const hashes = Object.entries(this.#flags).map(([flag, value]) => [flag, fnv1a(JSON.stringify(value))]);
    const body = JSON.stringify({ hash: 0, flags: Object.fromEntries(hashes) });
    const etag = `"${body.length}-${createHash('sha1').update(body).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(body);
  }
}
