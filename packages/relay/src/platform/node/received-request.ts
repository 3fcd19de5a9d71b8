import type { IncomingMessage } from 'node:http';
import type { ReceivedBody, RelayRequest } from '../../ports/http-exchange.ts';
import type { DetachedSource } from './received-body.ts';
import { bodyOf, detachedBody } from './received-body.ts';

/** Header bytes are UTF-8 to the relay; Node reads them as Latin-1. */
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

function headersOf({ rawHeaders }: IncomingMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase();
    const value = utf8(rawHeaders[index + 1] as string);
    const known = headers.get(name);
    if (known === undefined) headers.set(name, [value]);
    else known.push(value);
  }
  return headers;
}

/** Where the body of a request comes from: the message itself, or the socket that was taken out of the parser. */
export type BodySource = DetachedSource | undefined;

/** A request of Node's server as a value. */
export function receivedRequest(message: IncomingMessage, maxBodyBytes: number, source?: BodySource): RelayRequest {
  const headers = headersOf(message);
  const length = Number(headers.get('content-length')?.[0] ?? 0);
  const isChunked = headers.has('transfer-encoding');
  const readBody = (): Promise<ReceivedBody> => {
    if (length > maxBodyBytes) return Promise.resolve({ state: 'too large' });
    if (source === undefined) return bodyOf(message, maxBodyBytes);
    return isChunked ? Promise.resolve({ state: 'cut off' }) : detachedBody(source, length);
  };
  return {
    method: message.method ?? 'GET',
    target: utf8(message.url ?? '/'),
    headers,
    hasNoBody: !isChunked && length === 0,
    readBody,
  };
}
