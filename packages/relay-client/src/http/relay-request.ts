import type { TransportRequest } from '@halyard/core';
import type { Endpoint } from './endpoint.ts';

/** One question to a relay. */
export interface RelayRequest {
  readonly method: 'GET' | 'POST';
  /** Below the endpoint. */
  readonly path: string;
  readonly body?: string;
  /** The tag of what is known; asks to answer with 304 if that is still so. */
  readonly etag?: string | undefined;
  /** Whether sending it twice does no harm. */
  readonly isRead: boolean;
  /** Whether it holds a context, which the relay may refuse. */
  readonly isEvaluation?: boolean;
  /** The first relay version that knows the path, if it is not as old as the rest. */
  readonly since?: string;
  /** The statuses, besides 200, under which the answer is one. */
  readonly alsoAnsweredBy?: readonly number[];
}

/**
 * The request as it goes over the network. The key goes into `Authorization` alone: every relay knows that one, while
 * `X-API-Key` came with 1.49, and redirecting clients carry it to other origins.
 */
export function transportRequest(
  { href }: Endpoint,
  { method, path, body, etag }: RelayRequest,
  apiKey: string | undefined,
): TransportRequest {
  // the relay does not compress, and nobody else shall: a limit on bytes is to mean bytes
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`;
  if (etag !== undefined) headers['if-none-match'] = etag;
  const url = href + path;
  if (body === undefined) return { method, url, headers };
  headers['content-type'] = 'application/json';
  return { method, url, headers, body };
}
