import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { eventually, settled } from '@halyard/testkit';
import { nodeTransport } from '../../../src/server.ts';
import { httpServer, rawServer } from '@halyard/testkit/loopback-server';
import { json } from '../../relay-answers.ts';
import { canCountSockets, silentServers, socketsTo } from './silent-server.ts';

type Transport = ReturnType<typeof nodeTransport>;

const CONNECTIONS = 4;
const transports: Transport[] = [];

afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close?.();
});

function transportWith(connections = CONNECTIONS): Transport {
  const transport = nodeTransport({ connections });
  transports.push(transport);
  return transport;
}

/** What came of a request: its status, or the message of its failure. */
async function cameOf(transport: Transport, url: string, { signal } = new AbortController()): Promise<unknown> {
  try {
    return (await transport({ method: 'GET', url, headers: {} }, signal)).status;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Many requests at a time, each with a signal of its own. */
function crowd(
  transport: Transport,
  url: string,
  size: number,
): { readonly outcomes: Promise<unknown[]>; giveUp(): void } {
  const signals = Array.from({ length: size }, () => new AbortController());
  return {
    outcomes: Promise.all(signals.map((signal) => cameOf(transport, url, signal))),
    giveUp: () => signals.forEach((signal) => signal.abort(new Error('given up'))),
  };
}

/** Sockets and attempts to connect that hold this process alive. */
const holding = (): number => process.getActiveResourcesInfo().filter((kind) => /TCPS|TCPC|TLS/.test(kind)).length;

const describeWhereCounted = canCountSockets ? describe : describe.skip;

describeWhereCounted.each(Object.keys(silentServers))('where %s goes unanswered', (kind) => {
  const silent = silentServers[kind] as (typeof silentServers)[string];

  test('there are never more sockets than connections, however many give up and come', async () => {
    const server = await silent();
    const transport = transportWith();
    for (let round = 0; round < 20; round++) {
      const { outcomes, giveUp } = crowd(transport, server.url, 50);
      await eventually('all connections are tried', () => socketsTo(server) >= CONNECTIONS);
      await settled();
      expect(socketsTo(server)).toBe(CONNECTIONS);
      giveUp();
      expect(new Set(await outcomes)).toEqual(new Set(['given up']));
    }
    await transport.close?.();
    await eventually('all sockets are gone', () => socketsTo(server) === 0);
  });

  test('closing ends thousands of requests at once, and leaves nothing that holds the process', async () => {
    const server = await silent();
    const before = holding();
    const transport = transportWith();
    const { outcomes } = crowd(transport, server.url, 5_000);
    await eventually('all connections are tried', () => socketsTo(server) === CONNECTIONS);
    await transport.close?.();
    expect(new Set(await outcomes)).toEqual(new Set(['the connections were closed']));
    await eventually('nothing holds the process', () => holding() <= before && socketsTo(server) === 0);
  });

  test('who comes when too many wait already is refused at once', async () => {
    const server = await silent();
    const transport = transportWith(1);
    const { outcomes, giveUp } = crowd(transport, server.url, 10_001);
    const origin = new URL(server.url).origin;
    expect(await cameOf(transport, server.url)).toBe(
      `10000 requests wait for a connection to ${origin}, which is the limit`,
    );
    giveUp();
    expect(new Set(await outcomes)).toEqual(new Set(['given up']));
    const waits = cameOf(transport, server.url);
    await transport.close?.();
    expect(await waits).toBe('the connections were closed');
  });
});

describeWhereCounted('a server that accepts again', () => {
  test('answers who waits, also over connections that were begun for others', async () => {
    const server = await (silentServers['TCP'] as (typeof silentServers)[string])();
    const transport = transportWith();
    const first = crowd(transport, server.url, 10);
    await eventually('all connections are tried', () => socketsTo(server) === CONNECTIONS);
    first.giveUp();
    await first.outcomes;
    const second = crowd(transport, server.url, 10);
    server.recover?.();
    expect(await second.outcomes).toEqual(Array(10).fill(200));
    expect(socketsTo(server)).toBeLessThanOrEqual(CONNECTIONS);
  });
});

/** Requests over one connection, and in which order they should arrive. */
class Script {
  readonly sent: string[] = [];
  /** What came of those that were answered, and of those given up. */
  readonly outcomes: { readonly answered: unknown[]; readonly givenUp: unknown[] } = { answered: [], givenUp: [] };
  readonly #transport = transportWith(1);
  readonly #url: string;
  readonly #answer: () => void;
  #come = 0;
  #pending: { name: string; giveUp: AbortController; outcome: Promise<unknown> }[] = [];

  constructor(url: string, answer: () => void) {
    this.#url = url;
    this.#answer = answer;
  }

  comes(): void {
    const [name, giveUp] = [`/${this.#come++}`, new AbortController()];
    this.#pending.push({ name, giveUp, outcome: cameOf(this.#transport, `${this.#url}${name}`, giveUp) });
    this.#next();
  }

  async isAnswered(): Promise<void> {
    const first = this.#pending.shift();
    if (first === undefined) return;
    this.#answer();
    this.outcomes.answered.push(await first.outcome);
    this.#next();
  }

  async isGivenUp(index: number): Promise<void> {
    const [one] = this.#pending.splice(index, 1);
    one?.giveUp.abort(new Error('given up'));
    if (one !== undefined) this.outcomes.givenUp.push(await one.outcome);
    this.#next();
  }

  async end(): Promise<void> {
    while (this.#pending.length > 0) await this.isGivenUp(this.#pending.length - 1);
    await this.#transport.close?.();
  }

  #next(): void {
    const [first] = this.#pending;
    if (first !== undefined && this.sent.at(-1) !== first.name) this.sent.push(first.name);
  }
}

test('requests are sent in the order in which they came, and those given up not at all', async () => {
  const happening = fc.oneof(fc.constant('comes'), fc.constant('comes'), fc.constant('is answered'), fc.nat(5));
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
      let answered: ServerResponse | undefined;
      const server = await httpServer((response) => (answered = response));
      const script = new Script(server.url, () => answered?.end('{}'));
      for (const what of happenings) {
        if (what === 'comes') script.comes();
        else if (what === 'is answered') await script.isAnswered();
        else await script.isGivenUp(Number(what));
        await eventually('the first is sent', () => server.requests.length === script.sent.length);
      }
      await script.end();
      expect(server.requests.map(({ url }) => url)).toEqual(script.sent);
      const { answered: answers, givenUp } = script.outcomes;
      expect(answers).toEqual(answers.map(() => 200));
      expect(givenUp).toEqual(givenUp.map(() => 'given up'));
    }),
    { numRuns: 30 },
  );
});

test('there are never more requests at a time than connections', async () => {
  let [current, most] = [0, 0];
  const server = await httpServer((response) => {
    most = Math.max(most, ++current);
    setImmediate(() => {
      current--;
      json({})(response);
    });
  });
  const transport = transportWith();
  expect(await crowd(transport, `${server.url}/`, 200).outcomes).toEqual(Array(200).fill(200));
  expect(most).toBeLessThanOrEqual(CONNECTIONS);
  expect(server.connections).toBe(CONNECTIONS);
});

test('a request whose connection was closed before anything was sent goes over another one', async () => {
  const connections: Socket[] = [];
  const server = await rawServer((socket) => {
    connections.push(socket);
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  });
  const transport = transportWith();
  const post = { method: 'POST', url: `${server.url}/`, headers: {}, body: '{}' } as const;
  const { signal } = new AbortController();
  for (let round = 1; round <= 5; round++) {
    expect((await transport(post, signal)).status).toBe(200);
    expect(connections.length).toBe(round);
    await settled();
    // the other side cannot know before it asks the system again
    connections.at(-1)?.destroy();
  }
});

test('what cannot be sent keeps no connection from others', async () => {
  const server = await httpServer(json({}));
  const transport = transportWith(1);
  const request = { method: 'GET', url: `${server.url}/`, headers: { 'not a name': '' } } as const;
  const { signal } = new AbortController();
  const outcomes = Promise.allSettled([transport(request, signal), transport(request, signal)]);
  expect(await cameOf(transport, `${server.url}/`)).toBe(200);
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('a request that comes while the transport is closing is answered', async () => {
  const server = await httpServer(json({}));
  const transport = transportWith();
  const first = cameOf(transport, `${server.url}/`);
  const closing = transport.close?.();
  expect(await cameOf(transport, `${server.url}/`)).toBe(200);
  await closing;
  expect(await first).toBe('the connections were closed');
});
