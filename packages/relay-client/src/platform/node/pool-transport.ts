import type { Agent } from 'undici';
import type { ClosableTransport, RelayTransportRequest } from '../../ports/closable-transport.ts';
import { BoundedBody } from '../bounded-body.ts';
import { originAndPath } from './origin-and-path.ts';
import { PooledExchange } from './pooled-exchange.ts';

/** The limits of a pool. */
export interface PoolLimits {
  /** The largest answer that is read, in bytes. */
  readonly maxBodyBytes: number;
  /** The most connections to one origin. */
  readonly connections: number;
}

/** How long connecting may take, TLS included. An exchange has a limit of its own; this ends abandoned attempts. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long an idle connection is kept: shorter than most gateways do, so that it is seldom they who close it. */
const KEEP_ALIVE_MS = 30_000;

/** Connections that are kept, and others that are used once: when kept ones turn out to be dead, more may be. */
interface Pools {
  readonly kept: Agent;
  readonly usedOnce: Agent;
}

/** Sends requests over a pool of kept connections, which is made with the first of them. Redirects are not followed. */
export function poolTransport({ maxBodyBytes, connections }: PoolLimits): ClosableTransport {
  let pools: Promise<Pools> | undefined;
  const send = async (request: RelayTransportRequest, signal: AbortSignal): ReturnType<ClosableTransport> => {
    const { kept, usedOnce } = await (pools ??= poolsOf(connections));
    const { method, url, headers, body = null, onNewConnection } = request;
    const exchange = new PooledExchange(url, new BoundedBody(maxBodyBytes), signal);
    const pool = onNewConnection === true ? usedOnce : kept;
    const { origin, path } = originAndPath(url);
    // named one by one: undici reads a copy made by spreading several times slower
    if (!signal.aborted) pool.dispatch({ origin, path, method, headers, body }, exchange);
    return exchange.response;
  };
  const close = async (): Promise<void> => {
    const open = await pools;
    pools = undefined;
    await Promise.all([open?.kept.destroy(), open?.usedOnce.destroy()]);
  };
  return Object.assign(send, { close, letsGoOfSignals: true });
}

async function poolsOf(connections: number): Promise<Pools> {
  const { Agent: Pool } = await import('undici');
  const options = {
    connections,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // the exchange as a whole has a limit
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  return { kept: new Pool(options), usedOnce: new Pool({ ...options, pipelining: 0 }) };
}
