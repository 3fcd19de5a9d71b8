import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';

/** A request as a server saw it. */
interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** A server on loopback, until the end of the test. */
export interface LoopbackServer {
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly SeenRequest[];
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
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  open.push({ server, sockets });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** An HTTP server that answers as it is told. */
export function httpServer(answer: Answer): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = createHttpServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers });
    request.resume();
    answer(response, { method, url, headers });
  });
  return listening(server, requests);
}

/** A server that does as it is told with each piece that arrives. */
export function rawServer(onData: (socket: Socket) => void): Promise<LoopbackServer> {
  const server = createTcpServer((socket) => void socket.on('data', () => onData(socket)));
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
