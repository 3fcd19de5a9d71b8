import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a client may take to read why it is refused, and to hang up, in milliseconds; as long as with Go. */
const LINGER_MS = 500;

/** Answers what is no HTTP request, is too large, or does not come to an end, in plain text as Go does; then hangs up. */
export class Refusals {
  readonly #told = new WeakSet<Duplex>();

  /** @param isAnswering whether an answer is on its way to the client, which nothing else may be written into */
  refuse(error: Error, socket: Duplex, isAnswering: boolean): void {
    // whatever else comes is no request either
    if (this.#told.has(socket)) return;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNRESET' || !socket.writable || isAnswering) {
      socket.destroy();
      return;
    }
    this.#told.add(socket);
    socket.end(refusalFor(code));
    // to hang up on somebody who still sends would take the text from them; never to hang up, their place from others
    const limit = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.on('close', () => clearTimeout(limit));
  }
}

function refusalFor(code: string | undefined): string {
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const text = `${status} ${STATUS_CODES[status]}`;
  return (
    `HTTP/1.1 ${text}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n` +
    `Content-Length: ${text.length}\r\n\r\n${text}`
  );
}
