import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '@halyard/core';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Subscribe } from '../../ports/http-exchange.ts';

/** The relay pings every second, and gives up on clients that have not answered for a minute (§5.1). */
const PING_INTERVAL_MS = 1_000;
const PONG_TIMEOUT_MS = 60_000;
/** What clients send is read and ignored. */
const LONGEST_MESSAGE_BYTES = 64 * 1024;
/** A client that has not taken this much is given up, in bytes. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** "Going away" of RFC 6455. */
const GOING_AWAY = 1001;

/** The WebSockets of one server (goff-relay-protocol §5.1). */
export class WebSocketStreams {
  readonly #clock: Clock;
  readonly #open = new Set<WebSocket>();
  #server: Promise<WebSocketServer> | undefined;
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Completes the handshake and tells the client of changes from then on. */
  async accept(
    { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
    subscribe: Subscribe,
  ): Promise<void> {
    const server = await (this.#server ??= loadServer());
    if (this.#isClosed) return void socket.destroy();
    server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, subscribe));
  }

  /** Says goodbye to everybody. */
  close(): void {
    this.#isClosed = true;
    for (const webSocket of this.#open) webSocket.close(GOING_AWAY);
  }

  #serve(webSocket: WebSocket, subscribe: Subscribe): void {
    this.#open.add(webSocket);
    const unsubscribe = subscribe({
      changed: (text) => {
        if (webSocket.bufferedAmount > MOST_WAITING_BYTES) webSocket.terminate();
        else webSocket.send(`${text}\n`);
      },
    });
    const stopPinging = this.#ping(webSocket);
    webSocket.on('error', () => undefined);
    webSocket.on('close', () => {
      this.#open.delete(webSocket);
      stopPinging();
      unsubscribe();
    });
  }

  #ping(webSocket: WebSocket): () => void {
    let heardAt = this.#clock.elapsed();
    let timer: Timer;
    webSocket.on('pong', () => void (heardAt = this.#clock.elapsed()));
    const beat = (): void => {
      if (this.#clock.elapsed() - heardAt >= PONG_TIMEOUT_MS) return webSocket.terminate();
      webSocket.ping();
      timer = this.#clock.startTimer(PING_INTERVAL_MS, beat);
    };
    timer = this.#clock.startTimer(PING_INTERVAL_MS, beat);
    return () => timer.cancel();
  }
}

async function loadServer(): Promise<WebSocketServer> {
  const { WebSocketServer: Server } = await import('ws');
  return new Server({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE_BYTES,
  });
}
