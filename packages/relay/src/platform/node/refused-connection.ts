import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers what is no HTTP request, is too large, or does not come to an end, in plain text as Go does; then hangs up. */
export function refuseConnection(error: Error, socket: Duplex): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const text = `${status} ${STATUS_CODES[status]}`;
  socket.end(
    `HTTP/1.1 ${text}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n` +
      `Content-Length: ${text.length}\r\n\r\n${text}`,
  );
}
