import type { ServerResponse } from 'node:http';
import type { HeaderLines, RelayAnswer, StreamListener } from '../../ports/http-exchange.ts';

/** Longer bodies go out in chunks, as those of the relay do. */
const LONGEST_COUNTED = 2_048;
/** A listener that has not taken this much is given up, in bytes. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Node writes header texts byte for byte. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Header lines as Node takes them: values of one name together. */
function setHeaders(response: ServerResponse, lines: HeaderLines): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of lines) values.set(name, [...(values.get(name) ?? []), asBytes(value)]);
  for (const [name, all] of values) response.setHeader(name, all.length === 1 ? (all[0] as string) : all);
}

/** Sends a whole answer. */
export function sendWhole(response: ServerResponse, answer: Extract<RelayAnswer, { kind: 'whole' }>): void {
  const { status, headers, body, isLast = false } = answer;
  const isBare = status === 204 || status === 304 || response.req.method === 'HEAD';
  response.statusCode = status;
  setHeaders(response, headers);
  if (isLast) response.setHeader('Connection', 'close');
  if (isBare) return void response.end();
  const length = Buffer.byteLength(body);
  if (length <= LONGEST_COUNTED) response.setHeader('Content-Length', length);
  // `end` alone would count
  else response.write(body);
  response.end(length <= LONGEST_COUNTED ? body : undefined);
}

/**
 * Sends Server-Sent Events until the client goes away.
 *
 * @returns ends the stream
 */
export function sendEvents(response: ServerResponse, answer: Extract<RelayAnswer, { kind: 'events' }>): () => void {
  setHeaders(response, answer.headers);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    Connection: 'keep-alive',
  });
  response.flushHeaders();
  const listener: StreamListener = {
    changed(text) {
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
      else response.write(`id: \ndata: ${text}\n\n`);
    },
  };
  const unsubscribe = answer.subscribe(listener);
  response.on('error', () => response.destroy());
  response.on('close', unsubscribe);
  return () => {
    unsubscribe();
    response.end();
  };
}
