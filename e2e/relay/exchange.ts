// Sends one request exactly as it is described, and compares what two relays answered.
import http from 'node:http';

/** A request. */
export interface Exchange {
  readonly name: string;
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly target: string;
  /** A name may occur several times. Without `Content-Type` and with a body it is JSON. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Sends the body without saying how long it is. */
  readonly isChunked?: boolean;
  /** Parts of the answer that are known to differ, with the reason. */
  readonly argued?: { readonly about: readonly ('status' | 'headers' | 'body')[]; readonly why: string };
}

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Node writes these texts byte for byte; the relay reads UTF-8. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function headersFor({ headers = [], body, isChunked = false }: Exchange): http.OutgoingHttpHeaders {
  const values: Record<string, string[]> = {};
  for (const [name, value] of headers) (values[name.toLowerCase()] ??= []).push(asBytes(value));
  if (body !== undefined) {
    values['content-type'] ??= ['application/json'];
    if (!isChunked) values['content-length'] = [String(Buffer.byteLength(body))];
  }
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/** Sends a request to the relay on a port of this machine. */
export function send(port: number, exchange: Exchange): Promise<Received> {
  const { method, target, body } = exchange;
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path: asBytes(target), headers: headersFor(exchange), agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(receivedFrom(response, Buffer.concat(chunks).toString('utf8'))));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    // as bytes, or Node would write the path and the headers as UTF-8 as well
    request.end(body === undefined ? undefined : Buffer.from(body));
  });
}

function receivedFrom({ statusCode = 0, rawHeaders }: http.IncomingMessage, body: string): Received {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    (headers[(rawHeaders[index] as string).toLowerCase()] ??= []).push(rawHeaders[index + 1] as string);
  }
  return { status: statusCode, headers, body };
}

/** Headers that say nothing about the relay, or differ by nature. */
const uncompared = new Set(['date', 'connection', 'keep-alive', 'x-gofeatureflag-version']);
/** Whose presence is compared and not its value. */
const presence = new Set(['last-modified']);

function comparableHeaders({ headers, body }: Received): Record<string, unknown> {
  // a date may be longer than another; an answer without a length ends with its connection
  const isCounted = comparableBody(body) === body && body !== '400 Bad Request';
  const entries = Object.entries(headers).filter(
    ([name]) => !uncompared.has(name) && (isCounted || name !== 'content-length'),
  );
  const named = entries.map(([name, values]) => [name, presence.has(name) ? 'present' : values.join(' | ')] as const);
  return Object.fromEntries(named.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Dates and times of evaluation are not the relay's doing. */
function comparableBody(body: string): string {
  return body
    .replace(/"timestamp":( ?)\d{10}/g, '"timestamp":$10')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z(?="[,}\n])/g, (date) => (date.startsWith('202') ? '<date>' : date));
}

/** What two relays answered differently, in words; empty if nothing. */
export function differences(exchange: Exchange, theirs: Received, ours: Received): string[] {
  const argued = exchange.argued?.about ?? [];
  const found: string[] = [];
  const compare = (what: 'status' | 'headers' | 'body', left: unknown, right: unknown): void => {
    const [one, other] = [left, right].map((side) => (typeof side === 'string' ? side : JSON.stringify(side)));
    const isSame = one === other;
    if (isSame && argued.includes(what)) found.push(`${what}: argued, but the same`);
    if (!isSame && !argued.includes(what)) found.push(`${what}:\n    theirs ${one}\n    ours   ${other}`);
  };
  compare('status', theirs.status, ours.status);
  compare('headers', comparableHeaders(theirs), comparableHeaders(ours));
  compare('body', comparableBody(theirs.body), comparableBody(ours.body));
  return found;
}

/** The same request again by somebody who holds the answer, or something like it. For answers that have an ETag. */
export function revalidations(exchange: Exchange, { headers }: Received): readonly Exchange[] {
  const etag = headers['etag']?.[0];
  if (etag === undefined) return [];
  const held = [
    etag,
    `W/${etag}`,
    etag.replaceAll('"', ''),
    `"x", ${etag}`,
    '*',
    etag.replace(/.$/, '0"'),
    `W/W/${etag}`,
  ];
  const modified = ['If-Modified-Since', 'Fri, 01 Jan 2999 00:00:00 GMT'] as const;
  const again = (name: string, more: Exchange['headers']): Exchange => ({
    ...exchange,
    name: `${exchange.name}, held as ${name}`,
    headers: [...(exchange.headers ?? []), ...(more ?? [])],
  });
  return [...held.map((value) => again(value, [['If-None-Match', value]])), again('a date', [modified])];
}
