import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Every connection of a server, those that Node no longer counts as its own as well: upgraded ones, for one. */
export class Connections {
  /** With the number of answers that are on their way. */
  readonly #answers = new Map<Duplex, number>();

  add(socket: Duplex): void {
    this.#answers.set(socket, 0);
    socket.on('close', () => this.#answers.delete(socket));
  }

  /** Takes note of an answer from its first byte to its last. */
  answering(response: ServerResponse): void {
    const { socket } = response.req;
    this.#count(socket, 1);
    response.on('close', () => this.#count(socket, -1));
  }

  isAnswering(socket: Duplex): boolean {
    return (this.#answers.get(socket) ?? 0) > 0;
  }

  /** Cuts all of them off. */
  destroyAll(): void {
    for (const socket of this.#answers.keys()) socket.destroy();
  }

  #count(socket: Duplex, change: number): void {
    const answers = this.#answers.get(socket);
    if (answers !== undefined) this.#answers.set(socket, answers + change);
  }
}
