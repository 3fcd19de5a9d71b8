import type { IncomingMessage, Server } from 'node:http';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '@halyard/core';
import type { HeaderLines, RelayAnswer, Respond } from '../../ports/http-exchange.ts';
import { Connections } from './connections.ts';
import { receivedRequest } from './received-request.ts';
import { Refusals } from './refusals.ts';
import { sendEvents, sendWhole } from './sent-answer.ts';
import { WebSocketStreams } from './web-socket-streams.ts';

/** What the server keeps to. Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** How long a request may take to arrive, and its client may pause in taking the answer. */
  readonly requestTimeoutMs: number;
}

/** Kept open for a client's next request, in milliseconds; longer than clients usually keep theirs. */
const KEEP_ALIVE_MS = 75_000;

/** To a request for a WebSocket that asks for no upgrade. */
const noUpgrade: HeaderLines = [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Sec-WebSocket-Version', '13'],
  ['X-Content-Type-Options', 'nosniff'],
];

/** The HTTP server: brings requests to `respond` and its answers back. */
export class HttpFront {
  readonly #server: Server;
  readonly #respond: Respond;
  readonly #limits: HttpLimits;
  readonly #webSockets: WebSocketStreams;
  readonly #connections = new Connections();
  readonly #refusals = new Refusals();
  readonly #events = new Set<() => void>();
  #isClosing = false;

  constructor(respond: Respond, limits: HttpLimits, clock: Clock) {
    this.#respond = respond;
    this.#limits = limits;
    this.#webSockets = new WebSocketStreams(clock);
    this.#server = createServer({
      maxHeaderSize: limits.maxHeaderBytes,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(1_000, limits.requestTimeoutMs),
    });
    this.#server.maxConnections = limits.maxConnections;
    this.#server.on('request', (message, response) => {
      this.#serve(message, response).catch(() => response.destroy());
    });
    this.#server.on('upgrade', (message, socket, head) => {
      this.#upgrade(message, socket, head).catch(() => socket.destroy());
    });
    this.#server.on('connection', (socket) => this.#connections.add(socket));
    this.#server.on('clientError', (error, socket) => {
      this.#refusals.refuse(error, socket, this.#connections.isAnswering(socket));
    });
    // a connection that cannot be accepted, as when files run out: the next one may be
    this.#server.on('error', () => undefined);
  }

  /**
   * Starts to listen.
   *
   * @returns the port
   */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /**
   * Stops listening, says goodbye to streams and lets requests under way finish.
   *
   * @param signal cuts off what has not finished when it fires
   */
  close(signal: AbortSignal): Promise<void> {
    this.#isClosing = true;
    return new Promise((resolve) => {
      const cut = (): void => this.#connections.destroyAll();
      this.#server.close(() => {
        signal.removeEventListener('abort', cut);
        resolve();
      });
      for (const end of this.#events) end();
      this.#webSockets.close();
      this.#server.closeIdleConnections();
      if (signal.aborted) cut();
      signal.addEventListener('abort', cut, { once: true });
    });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#respond(receivedRequest(message, this.#limits.maxBodyBytes));
    if (response.destroyed) return;
    if (this.#isClosing) response.setHeader('Connection', 'close');
    this.#send(answer, response);
  }

  #send(answer: RelayAnswer, response: ServerResponse): void {
    this.#connections.answering(response);
    // nobody has to be waited for who does not take the answer; streams say little, and look after themselves
    response.setTimeout(answer.kind === 'events' ? 0 : this.#limits.requestTimeoutMs, () => response.destroy());
    switch (answer.kind) {
      case 'whole':
        return sendWhole(response, answer);
      case 'events': {
        const end = sendEvents(response, answer);
        this.#events.add(end);
        response.on('close', () => this.#events.delete(end));
        if (this.#isClosing) end();
        return undefined;
      }
      case 'websocket':
        return sendWhole(response, {
          kind: 'whole',
          status: 400,
          headers: [...answer.headers, ...noUpgrade],
          body: 'Bad Request\n',
        });
    }
  }

  /** Node hands over every request that asks for an upgrade, to whatever; only WebSockets get theirs. */
  async #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // out of the parser is out of the server's care
    for (const trouble of ['error', 'timeout']) socket.on(trouble, () => socket.destroy());
    const { maxBodyBytes, requestTimeoutMs } = this.#limits;
    const detached = { socket, head, limitMs: requestTimeoutMs };
    const answer = await this.#respond(receivedRequest(message, maxBodyBytes, detached));
    if (socket.destroyed) return undefined;
    const isWebSocket = message.headers.upgrade?.toLowerCase() === 'websocket';
    if (answer.kind === 'websocket' && isWebSocket && !this.#isClosing) {
      return this.#webSockets.accept({ request: message, socket, head }, answer.subscribe);
    }
    const response = new ServerResponse(message);
    response.assignSocket(socket as Socket);
    response.setHeader('Connection', 'close');
    response.on('finish', () => (socket as Socket).destroySoon());
    return this.#send(answer, response);
  }
}
