import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What a gate does: lets everything through; accepts and never answers; refuses connections. */
type Manner = 'passes' | 'hangs' | 'refuses';

/** A gate in front of a server on loopback, at an address that stays the same. */
export class TcpGate {
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #manner: Manner = 'passes';

  constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  /** From now on, for connections that are open too; what hangs never gets further. */
  async turn(manner: Manner): Promise<void> {
    const before = this.#manner;
    this.#manner = manner;
    if (manner === 'hangs') for (const socket of this.#sockets) socket.unpipe().pause();
    else if (before !== 'passes' || manner === 'refuses') for (const socket of this.#sockets) socket.destroy();
    if (manner === 'refuses') await this.#close();
    else if (this.#server === undefined) await this.#open();
  }

  async remove(): Promise<void> {
    await this.turn('refuses');
  }

  async #open(): Promise<void> {
    this.#server = createServer((socket) => this.#accept(socket)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.close();
    await once(server, 'close');
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    if (this.#manner === 'hangs') return void socket.pause();
    const behind = connect(this.#target, '127.0.0.1');
    this.#keep(behind);
    socket.pipe(behind).pipe(socket);
    socket.once('close', () => behind.destroy());
    behind.once('close', () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }
}
