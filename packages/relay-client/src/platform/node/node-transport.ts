import type { ClosableTransport } from '../../ports/closable-transport.ts';
import { LARGEST_BODY_BYTES } from '../bounded-body.ts';
import { fetchTransport } from '../fetch-transport.ts';
import type { RequestDispatcher } from './dispatcher-transport.ts';
import { dispatcherTransport } from './dispatcher-transport.ts';
import { poolTransport } from './pool-transport.ts';

/** How requests are sent. By default over connections of the transport's own, which are kept for a while. */
export interface NodeTransportOptions {
  /** Sends the requests instead; counts more than a dispatcher. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sends the requests instead: a dispatcher of `undici`, for proxies, certificates, Unix sockets. */
  readonly dispatcher?: RequestDispatcher;
  /** The largest answer that is read, in bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /**
   * The most connections of the transport's own to one origin, and as many again for requests that are repeated over new
   * ones; more requests than that wait, 10,000 at most. Default 64.
   */
  readonly connections?: number;
}

/** The transport of Node. Nothing is loaded or opened before the first request, and idle it holds no process alive. */
export function nodeTransport({
  fetch,
  dispatcher,
  maxBodyBytes = LARGEST_BODY_BYTES,
  connections = 64,
}: NodeTransportOptions = {}): ClosableTransport {
  if (fetch !== undefined) return fetchTransport(fetch, { maxBodyBytes });
  if (dispatcher !== undefined) return dispatcherTransport(dispatcher, maxBodyBytes);
  return poolTransport({ maxBodyBytes, connections });
}
