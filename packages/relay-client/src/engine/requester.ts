import type { Clock, TransportRequest, TransportResponse } from '@halyard/core';
import { HalyardError, isHalyardError, messageOf, orAborted } from '@halyard/core';
import type { Endpoint } from '../http/endpoint.ts';
import { failureOfStatus, rateLimited, timedOut } from '../http/failures.ts';
import { redirectTarget } from '../http/redirect.ts';
import type { RelayRequest } from '../http/relay-request.ts';
import { transportRequest } from '../http/relay-request.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { ClosableTransport } from '../ports/closable-transport.ts';
import type { Credentials } from './credentials.ts';
import { Exchanges } from './exchanges.ts';

const MOST_REDIRECTS = 3;

/** What requests are sent with. */
export interface RequesterParts {
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  readonly transport: ClosableTransport;
  /** For a whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** An answer, and the key it was got with. */
export interface Answered {
  readonly response: TransportResponse;
  readonly apiKey: string | undefined;
}

/** Sends requests to one relay: with its key, within a time limit, and not while it wants to be left alone. */
export class Requester {
  readonly #parts: RequesterParts;
  readonly #exchanges: Exchanges;
  /** No request before these moments, on the monotonic clock. Who is busy counting may still have answers. */
  #notBefore = { reads: -Infinity, writes: -Infinity };

  constructor(parts: RequesterParts) {
    this.#parts = parts;
    this.#exchanges = new Exchanges(parts.clock, parts.transport.letsGoOfSignals === true);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws HalyardError whatever goes wrong, an answer with another status than the request may have included
   */
  async send(request: RelayRequest, signal: AbortSignal | undefined): Promise<Answered> {
    const { endpoint, timeoutMs } = this.#parts;
    this.#refuseWhileItIsLeftAlone(request.isRead);
    const limit = { limitMs: timeoutMs, error: () => timedOut(endpoint, timeoutMs) };
    const answered = await this.#exchanges.run(signal, limit, (abort) => this.#authenticated(request, abort));
    const { status } = answered.response;
    if (status === 200 || request.alsoAnsweredBy?.includes(status) === true) return answered;
    throw (
      this.#obeyed(answered.response, request.isRead) ??
      failureOfStatus({ endpoint, request, apiKey: answered.apiKey }, answered.response)
    );
  }

  /** Gives up what is in progress, and takes no more. */
  close(): void {
    this.#notBefore = { reads: -Infinity, writes: -Infinity };
    this.#exchanges.close();
  }

  /** A key that is refused is asked for again, once. */
  async #authenticated(request: RelayRequest, signal: AbortSignal): Promise<Answered> {
    const { credentials } = this.#parts;
    const apiKey = await this.#key(credentials.current(), signal);
    const response = await this.#redirected(request, apiKey, signal);
    if (response.status !== 401 && response.status !== 403) return { response, apiKey };
    const renewed = await this.#key(credentials.renewed(apiKey), signal);
    if (renewed === apiKey || signal.aborted) return { response, apiKey };
    return { response: await this.#redirected(request, renewed, signal), apiKey: renewed };
  }

  /** Waits for a key no longer than for the exchange; a function that never answers is asked again the next time. */
  async #key(key: string | undefined | Promise<string>, signal: AbortSignal): Promise<string | undefined> {
    if (!(key instanceof Promise)) return key;
    try {
      return await orAborted(key, signal);
    } finally {
      if (signal.aborted) this.#parts.credentials.giveUp();
    }
  }

  async #redirected(
    request: RelayRequest,
    apiKey: string | undefined,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    let sent = transportRequest(this.#parts.endpoint, request, apiKey);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.#transmitted(sent, request.isRead, signal);
      const url = redirectTarget(sent.url, response);
      if (url === undefined) return response;
      sent = { ...sent, url };
    }
    const { href, origin } = this.#parts.endpoint;
    throw new HalyardError('RESPONSE_INVALID', `the relay at ${href} redirects in circles`, { details: { origin } });
  }

  /**
   * A connection that was kept open may be closed by the other side just when it is used again. What came of that
   * request nobody knows, so only reads are sent once more.
   */
  async #transmitted(request: TransportRequest, isRead: boolean, signal: AbortSignal): Promise<TransportResponse> {
    const { transport } = this.#parts;
    this.#refuseWhileItIsLeftAlone(isRead);
    try {
      return await transport(request, signal);
    } catch (error) {
      if (!isRead || signal.aborted || !wasUnanswered(error)) throw this.#failureOf(error);
    }
    try {
      return await transport({ ...request, onNewConnection: true }, signal);
    } catch (error) {
      throw this.#failureOf(error);
    }
  }

  #failureOf(error: unknown): HalyardError {
    if (isHalyardError(error)) return error;
    const { href, origin } = this.#parts.endpoint;
    return new HalyardError('NETWORK_FAILED', `the relay at ${href} cannot be reached: ${messageOf(error)}`, {
      details: { origin },
    });
  }

  #refuseWhileItIsLeftAlone(isRead: boolean): void {
    const { endpoint, clock } = this.#parts;
    const { reads, writes } = this.#notBefore;
    const waitMs = Math.ceil((isRead ? reads : writes) - clock.elapsed());
    if (waitMs > 0) throw rateLimited(endpoint, waitMs);
  }

  /** Takes note of a relay that wants to be left alone. A collector that does says nothing about evaluations. */
  #obeyed({ status, headers }: TransportResponse, isRead: boolean): HalyardError | undefined {
    if (status !== 429 && status !== 503) return undefined;
    const { clock, endpoint } = this.#parts;
    const waitMs = retryAfterMs(headers['retry-after'], clock.now());
    if (waitMs === undefined) return undefined;
    const { reads, writes } = this.#notBefore;
    const until = clock.elapsed() + waitMs;
    this.#notBefore = { reads: isRead ? Math.max(reads, until) : reads, writes: Math.max(writes, until) };
    return rateLimited(endpoint, waitMs, status);
  }
}

function wasUnanswered(error: unknown): boolean {
  return isHalyardError(error) && error.details['unanswered'] === true;
}
