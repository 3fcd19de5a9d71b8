import type { Clock, TransportRequest, TransportResponse } from '@halyard/core';
import { HalyardError, isHalyardError, messageOf } from '@halyard/core';
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
  /** No request before this moment, on the monotonic clock. */
  #notBefore = -Infinity;

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
    this.#refuseWhileItIsLeftAlone();
    const limit = { limitMs: timeoutMs, error: () => timedOut(endpoint, timeoutMs) };
    const answered = await this.#exchanges.run(signal, limit, (abort) => this.#authenticated(request, abort));
    const { status } = answered.response;
    if (status === 200 || request.alsoAnsweredBy?.includes(status) === true) return answered;
    throw (
      this.#obeyed(answered.response) ??
      failureOfStatus({ endpoint, request, apiKey: answered.apiKey }, answered.response)
    );
  }

  /** Gives up what is in progress, and takes no more. */
  close(): void {
    this.#notBefore = -Infinity;
    this.#exchanges.close();
  }

  /** A key that is refused is asked for again, once. */
  async #authenticated(request: RelayRequest, signal: AbortSignal): Promise<Answered> {
    const { credentials } = this.#parts;
    const apiKey = await credentials.current();
    const response = await this.#redirected(request, apiKey, signal);
    if (response.status !== 401 && response.status !== 403) return { response, apiKey };
    const renewed = await credentials.renewed(apiKey);
    if (renewed === apiKey || signal.aborted) return { response, apiKey };
    return { response: await this.#redirected(request, renewed, signal), apiKey: renewed };
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
    this.#refuseWhileItIsLeftAlone();
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

  #refuseWhileItIsLeftAlone(): void {
    const { endpoint, clock } = this.#parts;
    const waitMs = Math.ceil(this.#notBefore - clock.elapsed());
    if (waitMs > 0) throw rateLimited(endpoint, waitMs);
  }

  /** Takes note of a relay that wants to be left alone. */
  #obeyed({ status, headers }: TransportResponse): HalyardError | undefined {
    if (status !== 429 && status !== 503) return undefined;
    const { clock, endpoint } = this.#parts;
    const waitMs = retryAfterMs(headers['retry-after'], clock.now());
    if (waitMs === undefined) return undefined;
    this.#notBefore = Math.max(this.#notBefore, clock.elapsed() + waitMs);
    return rateLimited(endpoint, waitMs, status);
  }
}

function wasUnanswered(error: unknown): boolean {
  return isHalyardError(error) && error.details['unanswered'] === true;
}
