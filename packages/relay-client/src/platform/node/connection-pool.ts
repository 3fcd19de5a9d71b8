import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { HalyardError } from '@halyard/core';
import type { Undici } from './pooled-connection.ts';
import { PooledConnection } from './pooled-connection.ts';
import type { PooledExchange } from './pooled-exchange.ts';
import { WaitingLine } from './waiting-line.ts';

/** The most requests that wait for connections to one origin; what comes then fails at once. */
const MOST_WAITING = 10_000;
/** How long connecting may take, TLS included. An exchange has a limit of its own; this ends abandoned attempts. */
const CONNECT_TIMEOUT_MS = 5_000;

/** What a pool is made with. */
export interface ConnectionPoolParts {
  readonly undici: Undici;
  readonly origin: string;
  /** The most connections, attempts to connect included. */
  readonly connections: number;
  /** Whether connections are kept, or used once. */
  readonly isKept: boolean;
}

/** Connecting to the origin, as long as it takes, on behalf of an exchange until that is over or served otherwise. */
interface Attempt {
  readonly socket: Socket;
  exchange: PooledExchange | undefined;
}

/**
 * The connections to one origin. Undici has pools too, but theirs forget attempts to connect: while nothing answers
 * they open ever more of them, which nothing can close.
 */
export class ConnectionPool {
  readonly #parts: ConnectionPoolParts;
  readonly #connector: buildConnector.connector;
  readonly #connections = new Set<PooledConnection>();
  /** The one used last is taken next, so that those that are not needed are closed in time. */
  readonly #idle: PooledConnection[] = [];
  readonly #attempts = new Set<Attempt>();
  /** Those on whose outcome an exchange depends. All others may still bring a connection. */
  readonly #wanted = new Set<Attempt>();
  /** Those for whom there is no room for an attempt. */
  readonly #waiting = new WaitingLine<PooledExchange>();
  readonly #resend = (exchange: PooledExchange): void => this.send(exchange);
  #isClosed = false;

  constructor(parts: ConnectionPoolParts) {
    this.#parts = parts;
    this.#connector = parts.undici.buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  }

  /** Sends the request as soon as there is a connection, or as attempts to connect fail lets it fail. */
  send(exchange: PooledExchange): void {
    let connection = this.#idle.pop();
    while (connection?.isOpen === false) connection = this.#idle.pop();
    if (connection !== undefined) this.#carry(connection, exchange);
    else if (this.#isClosed) exchange.fail(closed());
    else if (this.#hasRoom()) this.#connect(exchange);
    else if (this.#waiting.size < MOST_WAITING) this.#wait(exchange);
    else exchange.fail(tooManyWait(this.#parts.origin));
  }

  /** Ends all connections and attempts, and fails what waits for them. */
  async close(): Promise<void> {
    const error = closed();
    this.#isClosed = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) next.fail(error);
    // with an error, for the sake of undici's timer
    for (const { socket } of this.#attempts) socket.destroy(error);
    await Promise.all(Array.from(this.#connections, (connection) => connection.close(error)));
  }

  #hasRoom(): boolean {
    return this.#connections.size + this.#attempts.size < this.#parts.connections;
  }

  #wait(exchange: PooledExchange): void {
    this.#waiting.join(exchange);
    exchange.leave = () => this.#waiting.leave(exchange);
  }

  /** Who is to have the next connection; whoever has an attempt came before those that wait for one. */
  #next(): PooledExchange | undefined {
    const [attempt] = this.#wanted;
    return attempt === undefined ? this.#waiting.first() : this.#letGoOf(attempt);
  }

  /** Undici throws where an origin is none. */
  #connect(exchange: PooledExchange): void {
    try {
      this.#attempt(exchange);
    } catch (error) {
      exchange.fail(error as Error);
    }
  }

  #attempt(exchange: PooledExchange): void {
    const { protocol, host, hostname, port } = new URL(this.#parts.origin);
    const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    const connecting: unknown = this.#connector({ protocol, host, hostname: bare, port }, (error, socket) => {
      if (error !== null) return this.#failed(attempt, error);
      this.#attempts.delete(attempt);
      this.#arrived(socket, this.#letGoOf(attempt) ?? this.#next());
      this.#goOn();
    });
    // undici returns what is not in its types; with it, the socket is known from the beginning
    const attempt: Attempt = { socket: connecting as Socket, exchange };
    this.#attempts.add(attempt);
    this.#wanted.add(attempt);
    exchange.leave = () => this.#letGoOf(attempt);
  }

  /** The attempt goes on for whoever comes next; the connection holds no process alive until then. */
  #letGoOf(attempt: Attempt): PooledExchange | undefined {
    const { socket, exchange } = attempt;
    attempt.exchange = undefined;
    if (this.#wanted.delete(attempt)) socket.unref();
    return exchange;
  }

  /** Its place is free when its socket is closed. */
  #failed(attempt: Attempt, error: Error): void {
    this.#letGoOf(attempt)?.fail(error);
    const free = (): void => {
      this.#attempts.delete(attempt);
      this.#goOn();
    };
    if (attempt.socket.closed) free();
    else attempt.socket.once('close', free);
  }

  #arrived(socket: Socket, exchange: PooledExchange | undefined): void {
    if (this.#isClosed) return void socket.destroy();
    const { undici, origin, isKept } = this.#parts;
    const events = {
      onFree: (free: PooledConnection) => this.#carry(free, this.#next()),
      onGone: (gone: PooledConnection) => this.#forget(gone),
    };
    try {
      const connection = new PooledConnection(socket, { undici, origin, isKept, ...events });
      this.#connections.add(connection);
      this.#carry(connection, exchange);
    } catch (error) {
      socket.destroy();
      exchange?.fail(error as Error);
    }
  }

  #carry(connection: PooledConnection, exchange: PooledExchange | undefined): void {
    if (exchange !== undefined) {
      exchange.leave = undefined;
      connection.carry(exchange);
      exchange.takeBack = connection.wasIdle ? this.#resend : undefined;
    } else if (this.#parts.isKept) {
      connection.rest();
      this.#idle.push(connection);
    } else {
      connection.end();
    }
  }

  #forget(connection: PooledConnection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    this.#goOn();
  }

  /** Where there is room again, there are attempts for who waits. */
  #goOn(): void {
    while (!this.#isClosed && this.#waiting.size > 0 && this.#hasRoom()) {
      const exchange = this.#waiting.first();
      if (exchange !== undefined) this.#connect(exchange);
    }
  }
}

function closed(): HalyardError {
  return new HalyardError('CLOSED', 'the connections were closed');
}

function tooManyWait(poolOrigin: string): HalyardError {
  const { origin } = new URL(poolOrigin);
  const message = `${MOST_WAITING} requests wait for a connection to ${origin}, which is the limit`;
  return new HalyardError('NETWORK_FAILED', message, { details: { origin, mostWaiting: MOST_WAITING } });
}
