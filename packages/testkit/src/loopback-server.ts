// Servers on loopback, each until the end of the test that opens it: whoever imports this is in a test.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';

/** A request as a server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on loopback. */
export interface LoopbackServer {
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly SeenRequest[];
  /** How many connections were made to it. */
  readonly connections: number;
}

/** Answers a request. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

const open: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

async function listening(server: Server, requests: readonly SeenRequest[]): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  open.push({ server, sockets });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    get connections() {
      return connections;
    },
  };
}

/** An HTTP server that answers as it is told, until the end of the test. */
export function httpServer(answer: Answer): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(seen);
      answer(response, seen);
    });
  });
  server.keepAliveTimeout = 600_000;
  return listening(server, requests);
}

/** A server that does as it is told with each piece that arrives, until the end of the test. */
export function rawServer(onData: (socket: Socket, piece: number) => void): Promise<LoopbackServer> {
  const server = createTcpServer((socket) => {
    let pieces = 0;
    socket.on('data', () => onData(socket, pieces++));
  });
  return listening(server, []);
}

/** An address on loopback at which nobody listens. */
export async function addressOfNobody(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
