import type { Transport, TransportResponse } from '@halyard/core';
import { bodyText } from './body-text.ts';
import { BoundedBody, LARGEST_BODY_BYTES } from './bounded-body.ts';
import { networkFailure } from './network-failure.ts';

/** How a transport over `fetch` is made. */
export interface FetchTransportOptions {
  /** The largest answer that is read, in bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number;
}

/** Sends requests by a `fetch` of the user's choice, or the runtime's. Redirects are not followed. */
export function fetchTransport(
  fetch: typeof globalThis.fetch,
  { maxBodyBytes = LARGEST_BODY_BYTES }: FetchTransportOptions = {},
): Transport {
  return async (request, signal) => {
    const { method, url, headers, body } = request;
    let response: Response | undefined;
    try {
      const sent = body === undefined ? {} : { body };
      response = await fetch(url, { method, headers: { ...headers }, ...sent, redirect: 'manual', signal });
      return await read(response, new BoundedBody(maxBodyBytes), url);
    } catch (error) {
      throw networkFailure(error, request, response === undefined);
    }
  };
}

async function read(response: Response, body: BoundedBody, url: string): Promise<TransportResponse> {
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    if (body.add(chunk.value)) continue;
    // the connection ends with the stream; what that says is no news
    reader?.cancel().catch(() => undefined);
    throw body.tooLarge(url);
  }
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: bodyText(body.chunks, status, url) };
}
