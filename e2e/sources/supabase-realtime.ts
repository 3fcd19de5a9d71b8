import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import { WebSocketServer } from 'ws';
import type { PostgresServer } from './postgres-server.ts';
import type { RowChange } from './supabase-decoding.ts';
import { SupabaseDecoding } from './supabase-decoding.ts';

/** Version 2 of Phoenix's frames: a list in JSON. */
type Frame = readonly [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

interface Filter {
  readonly event: string;
  readonly schema: string;
  readonly table: string;
}

/** A channel that was joined; notices come once the database is asked for them, which is later. */
interface Joined {
  readonly socket: WebSocket;
  readonly topic: string;
  readonly joinRef: string;
  readonly filters: readonly (Filter & { readonly id: number })[];
  isListening: boolean;
}

interface JoinPayload {
  readonly access_token?: string;
  readonly config: { readonly postgres_changes: readonly Filter[] };
}

/**
 * Supabase Realtime as far as changes of tables go: channels over WebSocket at its own path, and what PostgreSQL itself
 * writes down of changes. Its frames are those of the server, whose order they keep: a join is answered first, and the
 * database is asked afterwards.
 */
export class SupabaseRealtime {
  /** What clients sent: `<event> <topic>`, in order. Connections that were asked for are `connect`. */
  readonly received: string[] = [];
  /** What it does with who comes. */
  mode: 'serves' | 'refuses sockets' | 'refuses joins' = 'serves';
  /** Resolves when the database may be asked for changes. */
  databaseIsReady: Promise<void> = Promise.resolve();
  readonly #key: string;
  readonly #decoding: SupabaseDecoding;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #channels = new Set<Joined>();

  constructor(database: PostgresServer, key: string) {
    this.#key = key;
    this.#decoding = new SupabaseDecoding(database, (change) => this.#tell(change));
  }

  get sockets(): number {
    return this.#server.clients.size;
  }

  /** Channels that are told of changes. */
  get listening(): number {
    return [...this.#channels].filter(({ isListening }) => isListening).length;
  }

  /** How often a frame came, or a connection was asked for. */
  times(event: string): number {
    return this.received.filter((received) => received.split(' ')[0] === event).length;
  }

  start(): Promise<void> {
    return this.#decoding.start();
  }

  /** Resolves when all changes until now were told to who listens. */
  caughtUp(): Promise<void> {
    return this.#decoding.caughtUp();
  }

  /** Serves beside the tables. */
  extend(gateway: Server): void {
    gateway.on('upgrade', (request, socket, head) => this.#connect(request, socket, head));
  }

  /** Ends all connections, without a goodbye. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  /** All channels break: clients join again. */
  breakChannels(): void {
    for (const channel of this.#channels) this.#drop(channel, 'phx_error');
  }

  /** Ends all channels for a reason, as with one that sends too much; clients do not come back by themselves. */
  closeChannels(message: string): void {
    for (const channel of this.#channels) {
      this.#system(channel, { extension: 'system', status: 'error', message });
      this.#drop(channel, 'phx_close');
    }
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await this.#decoding.stop();
  }

  #connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.received.push('connect');
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const isRight = pathname === '/realtime/v1/websocket' && searchParams.get('vsn') === '2.0.0';
    if (this.mode === 'refuses sockets' || !isRight || searchParams.get('apikey') !== this.#key) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#serve(opened));
  }

  #serve(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => this.#hear(socket, JSON.parse(data.toString()) as Frame));
    socket.on('close', () => {
      for (const channel of this.#channels) if (channel.socket === socket) this.#channels.delete(channel);
    });
  }

  #hear(socket: WebSocket, [joinRef, ref, topic, event, payload]: Frame): void {
    this.received.push(`${event} ${topic}`);
    const reply = (status: 'ok' | 'error', response: object): void =>
      send(socket, [joinRef, ref, topic, 'phx_reply', { status, response }]);
    if (event === 'heartbeat') return reply('ok', {});
    if (event === 'phx_leave') {
      reply('ok', {});
      for (const channel of this.#channels) {
        if (channel.socket === socket && channel.topic === topic) this.#drop(channel, 'phx_close');
      }
    }
    if (event !== 'phx_join') return;
    const { access_token: token, config } = payload as JoinPayload;
    if (this.mode === 'refuses joins') return reply('error', { reason: 'Realtime disabled for this tenant' });
    // without one, the key of the connection counts
    if ((token ?? this.#key) !== this.#key) return reply('error', { reason: 'The token provided is not a valid JWT' });
    const filters = config.postgres_changes.map((filter, position) => ({ ...filter, id: 1_000 + position }));
    reply('ok', { postgres_changes: filters });
    const channel = { socket, topic, joinRef: String(joinRef), filters, isListening: false };
    this.#channels.add(channel);
    this.#listen(channel).catch(() => socket.terminate());
  }

  async #listen(channel: Joined): Promise<void> {
    await this.databaseIsReady;
    const published = channel.filters.map(({ schema, table }) => this.#decoding.isPublished(schema, table));
    const extension = 'postgres_changes';
    if ((await Promise.all(published)).includes(false)) {
      const message = `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for them`;
      return this.#system(channel, { extension, status: 'error', message });
    }
    // what was committed before is nobody's news
    await this.#decoding.caughtUp();
    channel.isListening = true;
    this.#system(channel, { extension, status: 'ok', message: 'Subscribed to PostgreSQL' });
  }

  #tell({ schema, table, type, name }: RowChange): void {
    const record = { columns: [{ name: 'name', type: 'text' }], record: { name }, old_record: { name } };
    const data = { schema, table, type, commit_timestamp: new Date().toISOString(), errors: null, ...record };
    for (const { socket, topic, filters, isListening } of this.#channels) {
      const wanted = filters.filter((filter) => filter.schema === schema && filter.table === table);
      const ids = wanted.filter(({ event }) => event === '*' || event === type).map(({ id }) => id);
      if (isListening && ids.length > 0) send(socket, [null, null, topic, 'postgres_changes', { ids, data }]);
    }
  }

  #system({ socket, topic, joinRef }: Joined, message: object): void {
    const channel = topic.replace('realtime:', '');
    send(socket, [joinRef, null, topic, 'system', { ...message, channel }]);
  }

  #drop(channel: Joined, event: 'phx_close' | 'phx_error'): void {
    this.#channels.delete(channel);
    send(channel.socket, [channel.joinRef, channel.joinRef, channel.topic, event, {}]);
  }
}

function send(socket: WebSocket, frame: Frame): void {
  socket.send(JSON.stringify(frame));
}
