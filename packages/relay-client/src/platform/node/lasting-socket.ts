import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** After this much quiet the system asks the other end whether it is there, in milliseconds; ten seconds later it knows. */
const KEEP_ALIVE_MS = 10_000;

/** Makes the socket of a request fit for a stream: it holds no process alive, and notices when the other end is gone. */
export function useLastingSocket(request: ClientRequest): void {
  request.once('socket', (socket: Socket) => {
    socket.once('connect', () => socket.unref().setKeepAlive(true, KEEP_ALIVE_MS));
  });
}

/** What an error says about itself without quoting anything: messages may hold the address, and with it the key. */
export function causeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : 'unknown cause';
}

/** What an answer that is no stream says. */
export function refusalOf(response: IncomingMessage): { status: number; retryAfter?: string } {
  const { statusCode = 0, headers } = response;
  const retryAfter = headers['retry-after'];
  return { status: statusCode, ...(retryAfter !== undefined && { retryAfter }) };
}
