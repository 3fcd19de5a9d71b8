import type { Duplex, Readable } from 'node:stream';
import type { ReceivedBody } from '../../ports/http-exchange.ts';

/**
 * Reads a stream to its end. What comes on top of the limit is thrown away as it comes: the server's time limit ends
 * it, and a sender who is cut off would not see the answer.
 */
export function bodyOf(stream: Readable, maxBytes: number): Promise<ReceivedBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve({ state: 'too large' });
      }
    });
    stream.on('end', () => resolve({ state: 'whole', bytes: Buffer.concat(chunks) }));
    // after `end` this changes nothing
    stream.on('close', () => resolve({ state: 'cut off' }));
    stream.on('error', () => resolve({ state: 'cut off' }));
  });
}

/** A socket that Node took out of its HTTP parser, as it does with every request that asks for an upgrade. */
export interface DetachedSource {
  readonly socket: Duplex;
  /** What Node has read already. */
  readonly head: Buffer;
  /** How long the body may take from here, in milliseconds; the socket is cut off then. */
  readonly limitMs: number;
}

/** Reads so many bytes from a detached socket. */
export function detachedBody({ socket, head, limitMs }: DetachedSource, length: number): Promise<ReceivedBody> {
  if (head.length >= length) return Promise.resolve({ state: 'whole', bytes: head.subarray(0, length) });
  return new Promise((resolve) => {
    const chunks = [head];
    let size = head.length;
    const limit = setTimeout(() => socket.destroy(), limitMs).unref();
    const finish = (body: ReceivedBody): void => {
      clearTimeout(limit);
      socket.off('data', take);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= length) finish({ state: 'whole', bytes: Buffer.concat(chunks).subarray(0, length) });
    };
    socket.on('data', take);
    socket.on('close', () => finish({ state: 'cut off' }));
  });
}
