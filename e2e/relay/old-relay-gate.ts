// Makes a relay of today look like one of version 1.12: what came later is not there.
import type { IncomingMessage, Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

const known = /^\/(v1\/(feature\/|allflags|data\/collector|flag\/change)|ws\/v1\/flag\/change|health)/;

/** A gate in front of a relay. */
export class OldRelayGate {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  /** The paths that were asked for and are not there. */
  readonly refused: Set<string> = new Set();

  constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((incoming, response) => {
      if (!this.#isKnown(incoming)) return void response.writeHead(404).end('{"message":"Not Found"}');
      const { method, url: path, headers } = incoming;
      const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      outgoing.on('error', () => response.destroy());
      incoming.pipe(outgoing);
    });
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
      if (!this.#isKnown(incoming)) return void socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
      const relay = connect(Number(port), hostname);
      for (const end of [relay, socket]) {
        this.#sockets.add(end);
        end.on('error', () => relay.destroy(socket.destroy() as never));
      }
      const lines = incoming.rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      relay.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
      relay.pipe(socket).pipe(relay);
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  #isKnown({ url = '' }: IncomingMessage): boolean {
    const path = url.replace(/\?.*/, '');
    if (known.test(path)) return true;
    this.refused.add(path);
    return false;
  }
}
