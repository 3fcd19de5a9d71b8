import type { ClosableTransport, RelayTransportRequest } from '../../ports/closable-transport.ts';
import { BoundedBody } from '../bounded-body.ts';
import { ConnectionPool } from './connection-pool.ts';
import { notAnAddress, originAndPath } from './origin-and-path.ts';
import type { Undici } from './pooled-connection.ts';
import { PooledExchange } from './pooled-exchange.ts';

/** The limits of a pool. */
export interface PoolLimits {
  /** The largest answer that is read, in bytes. */
  readonly maxBodyBytes: number;
  /** The most connections to one origin. */
  readonly connections: number;
}

/** The pools of one kind, by origin. There are few: redirects to other origins are not followed. */
type Pools = Map<string, ConnectionPool>;

/** Connections that are kept, and others that are used once: when kept ones turn out to be dead, more may be. */
interface OpenPools {
  readonly undici: Undici;
  readonly kept: Pools;
  readonly usedOnce: Pools;
}

/** Sends requests over a pool of kept connections, which is made with the first of them. Redirects are not followed. */
export function poolTransport({ maxBodyBytes, connections }: PoolLimits): ClosableTransport {
  let opened: Promise<OpenPools> | undefined;
  const poolOf = ({ undici, kept, usedOnce }: OpenPools, origin: string, isKept: boolean): ConnectionPool => {
    const pools = isKept ? kept : usedOnce;
    let pool = pools.get(origin);
    if (pool !== undefined) return pool;
    if (!URL.canParse(origin)) throw notAnAddress();
    pool = new ConnectionPool({ undici, origin, connections, isKept });
    pools.set(origin, pool);
    return pool;
  };
  const send = async (request: RelayTransportRequest, signal: AbortSignal): ReturnType<ClosableTransport> => {
    const open = await (opened ??= openPools());
    const { origin, path } = originAndPath(request.url);
    const exchange = new PooledExchange(request, path, new BoundedBody(maxBodyBytes), signal);
    if (!signal.aborted) poolOf(open, origin, request.onNewConnection !== true).send(exchange);
    return exchange.response;
  };
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = undefined;
    const open = await closing;
    if (open === undefined) return;
    await Promise.all([...open.kept.values(), ...open.usedOnce.values()].map((pool) => pool.close()));
  };
  return Object.assign(send, { close, letsGoOfSignals: true });
}

async function openPools(): Promise<OpenPools> {
  return { undici: await import('undici'), kept: new Map(), usedOnce: new Map() };
}
