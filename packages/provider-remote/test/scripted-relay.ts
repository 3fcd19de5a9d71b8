import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** What the scripted relay knows of a flag. */
export interface ScriptedFlag {
  readonly value: unknown;
  readonly [field: string]: unknown;
}

/** One request that came. */
export interface Asked {
  readonly path: string;
  readonly body: { readonly [name: string]: unknown };
  readonly headers: IncomingMessage['headers'];
}

/** A relay that answers over real sockets, and misbehaves when it is told to. */
export class ScriptedRelay {
  readonly flags: Map<string, ScriptedFlag> = new Map();
  readonly asked: Asked[] = [];
  /** Answers instead, if it returns true. */
  misbehave: (path: string, response: ServerResponse) => boolean = () => false;
  #server: Server | undefined;
  #port = 0;
  readonly #streams = new Set<ServerResponse>();

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => void server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Gone, as if killed: connections break. It can be opened again at the same address. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    this.#streams.clear();
    await closed;
  }

  /** Ends the streams of those who listen to changes. */
  dropStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** Whether somebody listens to changes. */
  get isFollowed(): boolean {
    return this.#streams.size > 0;
  }

  /** Changes flags, and tells it to whoever listens. */
  change(flags: Readonly<Record<string, ScriptedFlag>>): void {
    const updated: Record<string, object> = {};
    for (const [key, flag] of Object.entries(flags)) {
      updated[key] = { old_value: this.flags.get(key), new_value: flag };
      this.flags.set(key, flag);
    }
    const message = JSON.stringify({ deleted: {}, added: {}, updated });
    for (const stream of this.#streams) stream.write(`id: \ndata: ${message}\n\n`);
  }

  /** How often a flag was asked for. */
  timesAsked(flag: string): number {
    return this.asked.filter(({ path }) => path === `/v1/feature/${flag}/eval`).length;
  }

  /** The events that arrived at the collector. */
  get collected(): readonly Record<string, unknown>[] {
    const batches = this.asked.filter(({ path }) => path === '/v1/data/collector');
    return batches.flatMap(({ body }) => body['events'] as Record<string, unknown>[]);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*/, '');
    if (path === '/stream/v1/sse/flag/change') return this.#stream(response);
    const body = await textOf(request);
    this.asked.push({ path, body: body === '' ? {} : (JSON.parse(body) as Asked['body']), headers: request.headers });
    if (this.misbehave(path, response)) return;
    const answer = this.#answerTo(path);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
  }

  #stream(response: ServerResponse): void {
    if (this.misbehave('/stream/v1/sse/flag/change', response)) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #answerTo(path: string): object | undefined {
    if (path === '/v1/flag/change') return { hash: 1, flags: this.#hashes() };
    if (path === '/v1/data/collector') return { ingestedContentCount: 1 };
    if (path === '/v1/allflags') {
      const flags = [...this.flags].map(([key, flag]) => [key, { ...evaluated, timestamp: 1, ...flag }]);
      return { valid: true, flags: Object.fromEntries(flags) };
    }
    const key = /^\/v1\/feature\/([^/]+)\/eval$/.exec(path)?.[1];
    if (key === undefined) return undefined;
    const flag = this.flags.get(decodeURIComponent(key));
    return flag === undefined ? notFound : { ...evaluated, ...flag };
  }

  #hashes(): Record<string, number> {
    return Object.fromEntries([...this.flags].map(([key, flag]) => [key, sumOf(JSON.stringify(flag))]));
  }
}

const evaluated = {
  trackEvents: true,
  variationType: 'on',
  failed: false,
  version: '',
  reason: 'TARGETING_MATCH',
  errorCode: '',
  cacheable: true,
};
const notFound = {
  ...evaluated,
  ...{
    variationType: 'SdkDefault',
    failed: true,
    reason: 'ERROR',
    errorCode: 'FLAG_NOT_FOUND',
    value: null,
    cacheable: false,
  },
};

const sumOf = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
