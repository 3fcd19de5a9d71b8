import type { Socket } from 'node:net';
import type { buildConnector, Client } from 'undici';
import type { PooledExchange } from './pooled-exchange.ts';

/** How long an idle connection is kept: shorter than most gateways do, so that it is seldom they who close it. */
const KEEP_ALIVE_MS = 30_000;

/** What of `undici` connections are made with, which is loaded with the first of them. */
export interface Undici {
  readonly Client: typeof Client;
  readonly buildConnector: typeof buildConnector;
}

/** Where a connection leads to, and who is told of it. */
export interface PooledConnectionParts {
  readonly undici: Undici;
  readonly origin: string;
  /** Whether it is kept behind an answer. */
  readonly isKept: boolean;
  /** It may carry the next exchange. */
  onFree(connection: PooledConnection): void;
  /** It is closed, for whatever reason. */
  onGone(connection: PooledConnection): void;
}

/** An open connection, which carries one exchange at a time. It is not opened again when it is closed. */
export class PooledConnection {
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #parts: PooledConnectionParts;
  #isTaken = false;
  #isBusy = false;
  #wasIdle = false;
  readonly #expire = (): void => void this.#socket.destroy();

  constructor(socket: Socket, parts: PooledConnectionParts) {
    const { undici, origin, isKept } = parts;
    this.#socket = socket;
    this.#parts = parts;
    socket.once('close', () => parts.onGone(this));
    this.#client = new undici.Client(origin, {
      connect: (_options, callback) => this.#handOver(callback),
      pipelining: isKept ? 1 : 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // the exchange as a whole has a limit
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#client.on('drain', () => this.#free());
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Whether it was kept idle: then it may have been closed from the other side, which is not known yet. */
  get wasIdle(): boolean {
    return this.#wasIdle;
  }

  carry(exchange: PooledExchange): void {
    this.#isBusy = true;
    this.#client.dispatch(exchange.dispatched, exchange);
    // what undici refuses to send it does not tell the end of
    if (exchange.isSettled) queueMicrotask(() => this.#free());
  }

  /** There is nothing to carry for now. Holds no process alive. */
  rest(): void {
    this.#wasIdle = true;
    if (this.#isTaken) return;
    this.#socket.unref();
    this.#socket.removeListener('timeout', this.#expire).setTimeout(KEEP_ALIVE_MS, this.#expire);
  }

  /** There will be nothing to carry. */
  end(): void {
    this.#socket.destroy();
  }

  /** Ends the connection, and with this error what it carries. */
  async close(error: Error): Promise<void> {
    const closed = this.#client.destroy(error);
    this.#socket.destroy();
    await closed;
  }

  /** The socket is undici's with the first exchange. It would ask for another one when that is closed. */
  #handOver(callback: buildConnector.Callback): void {
    const isGone = this.#isTaken;
    this.#isTaken = true;
    queueMicrotask(() => {
      if (isGone) return callback(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }), null);
      this.#socket.setTimeout(0).ref();
      callback(null, this.#socket);
    });
  }

  #free(): void {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    // an answer may come before its request was sent to the end, which nobody reads any more
    if (this.#socket.writableLength > 0) this.end();
    else if (this.isOpen) this.#parts.onFree(this);
  }
}
