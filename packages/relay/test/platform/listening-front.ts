import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { ManualClock } from '@halyard/testkit';
import type { HttpLimits } from '../../src/platform/node/http-front.ts';
import { HttpFront } from '../../src/platform/node/http-front.ts';
import type { RelayAnswer, RelayRequest } from '../../src/ports/http-exchange.ts';

const generous: HttpLimits = {
  maxBodyBytes: 1_000,
  maxHeaderBytes: 4_096,
  maxConnections: 100,
  requestTimeoutMs: 30_000,
};

/** An answer without any headers of its own. */
export const plain = (body: string, status = 200): RelayAnswer => ({ kind: 'whole', status, headers: [], body });

const fronts: HttpFront[] = [];
const sockets: Socket[] = [];

/** For `afterEach`. */
export async function closeFronts(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(fronts.splice(0).map((front) => front.close(AbortSignal.abort())));
}

/** Starts a front on any free port. It is closed by {@link closeFronts}. */
export async function listen(
  respond: (request: RelayRequest) => Promise<RelayAnswer>,
  { limits = {}, clock = new ManualClock() }: { limits?: Partial<HttpLimits>; clock?: ManualClock } = {},
): Promise<{ front: HttpFront; port: number }> {
  const front = new HttpFront(respond, { ...generous, ...limits }, clock);
  fronts.push(front);
  return { front, port: await front.listen(0, '127.0.0.1') };
}

/** A raw connection. */
export interface RawClient {
  readonly socket: Socket;
  /** What came so far. */
  text(): string;
  /** Whether the other side has hung up. */
  isOver(): boolean;
}

/** Connects, and sends what it is given. */
export function raw(port: number, ...sent: string[]): RawClient {
  return rawWith({ port, host: '127.0.0.1' }, ...sent);
}

/** The same with a client that never hangs up, whatever the other side does. */
export function clinging(port: number, ...sent: string[]): RawClient {
  return rawWith({ port, host: '127.0.0.1', allowHalfOpen: true }, ...sent);
}

function rawWith(options: TcpNetConnectOpts, ...sent: string[]): RawClient {
  const socket = connect(options);
  sockets.push(socket);
  let text = '';
  let over = false;
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined).on('close', () => (over = true));
  for (const part of sent) socket.write(part);
  return { socket, text: () => text, isOver: () => over };
}

/** Answers with what was asked. */
export async function echo(request: RelayRequest): Promise<RelayAnswer> {
  const body = request.hasNoBody ? undefined : await request.readBody();
  if (body?.state === 'too large') return plain('too large', 413);
  return plain(
    `${request.method} ${request.target} ${body === undefined ? '-' : new TextDecoder().decode('bytes' in body ? body.bytes : undefined)}`,
  );
}
