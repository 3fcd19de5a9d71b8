import type { Clock, TransportRequest, TransportResponse } from '@halyard/core';
import { HalyardError, isHalyardError } from '@halyard/core';
import type { ClosableTransport } from '@halyard/relay-client';
import { retryAfterMs } from '@halyard/relay-client';
import type { Digest } from '../../ports/digest.ts';
import { failureOfStatus, formatOfAnswer } from '../../sources/http/http-answer.ts';
import type { HttpTarget } from '../../sources/http/http-target.ts';
import { redirectOf } from '../../sources/http/http-target.ts';
import type { DocumentFormat, LoadedFlags, Source } from '../../sources/source.ts';
import { FULL_READ_MS } from './full-read.ts';
import { limitedExchange } from './limited-exchange.ts';

const MOST_REDIRECTS = 3;

/** Headers to send, or a function that returns them, asked before each request. */
export type HttpHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** What an {@link HttpSource} works with. */
export interface HttpSourceParts {
  readonly target: HttpTarget;
  readonly headers: HttpHeaders;
  readonly format: DocumentFormat | undefined;
  /** For a whole load, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly transport: ClosableTransport;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly fingerprint: string;
}

/** An answer that was read, and how to ask whether it is still the same. */
interface Known {
  readonly version: string;
  readonly conditions: Readonly<Record<string, string>>;
  /** On the monotonic clock. */
  readonly readAt: number;
}

/**
 * Flags at an address. The version is a digest of the content, so that a tag counts only while the content it stands
 * for is the one in force: after a document that could not be used, the next load is unconditional.
 */
export class HttpSource implements Source {
  readonly pollIntervalMs: number;
  readonly emptyAfterMs: number;
  readonly fingerprint: string;
  readonly #parts: HttpSourceParts;
  #known: Known | undefined;
  #followers = 0;
  /** The headers that went with the last request. */
  #sent: Readonly<Record<string, string>> = {};
  /** No request before this moment, on the monotonic clock. */
  #notBefore = -Infinity;

  constructor(parts: HttpSourceParts) {
    this.#parts = parts;
    this.pollIntervalMs = parts.pollIntervalMs;
    this.emptyAfterMs = parts.emptyAfterMs;
    this.fingerprint = parts.fingerprint;
  }

  describe(): string {
    return this.#parts.target.shown;
  }

  /** Lets go of the connections when nobody follows it any more. There is nothing to watch. */
  watch(_onChange: () => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#followers++;
    const close = (): void => {
      if (--this.#followers === 0) this.#parts.transport.close?.().catch(() => undefined);
    };
    signal.addEventListener('abort', close, { once: true });
  }

  async load(previousVersion: string | undefined, signal: AbortSignal): Promise<LoadedFlags | 'unchanged'> {
    const { target, clock, digest, format: asked } = this.#parts;
    const known = this.#knownAs(previousVersion);
    const response = await this.#exchange(known?.conditions ?? {}, signal);
    const { status, headers, body } = response;
    if (status === 304 && known !== undefined) return 'unchanged';
    if (status !== 200) throw this.#obeyed(response) ?? failureOfStatus(target, status);
    const format = formatOfAnswer(target, response, { asked, isSecret: (text) => repeats(text, this.#sent) });
    const version = digest(`${format} ${body}`);
    this.#known = { version, conditions: conditionsOf(headers), readAt: clock.elapsed() };
    if (version === previousVersion) return 'unchanged';
    return { version, documents: [{ origin: target.shown, format, text: body }] };
  }

  #knownAs(version: string | undefined): Known | undefined {
    const known = this.#known;
    if (known === undefined || known.version !== version) return undefined;
    return this.#parts.clock.elapsed() - known.readAt < FULL_READ_MS ? known : undefined;
  }

  async #exchange(conditions: Readonly<Record<string, string>>, signal: AbortSignal): Promise<TransportResponse> {
    const { target, timeoutMs, clock } = this.#parts;
    const { shown, origin } = target;
    this.#refuseWhileItIsLeftAlone();
    const error = (): HalyardError =>
      new HalyardError('TIMED_OUT', `${shown} did not answer within ${timeoutMs} ms`, { details: { origin } });
    return limitedExchange(clock, signal, { limitMs: timeoutMs, error }, async (limited) => {
      this.#sent = await this.#headers();
      const headers = { 'accept-encoding': 'identity', ...this.#sent, ...conditions };
      return this.#redirected({ method: 'GET', url: target.href, headers }, limited);
    });
  }

  async #redirected(first: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    const { target } = this.#parts;
    let request = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.#transmitted(request, signal);
      const { status, headers } = response;
      const url = redirectOf(target, request.url, { status, location: headers['location'] });
      if (url === undefined) return response;
      request = { ...request, url };
    }
    throw new HalyardError('RESPONSE_INVALID', `${target.shown} redirects in circles`);
  }

  /** A kept connection may be closed by the other side just when it is used again; then a new one is tried. */
  async #transmitted(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    const { transport } = this.#parts;
    try {
      return await transport(request, signal);
    } catch (error) {
      if (signal.aborted || !isHalyardError(error) || error.details['unanswered'] !== true) throw error;
      return transport({ ...request, onNewConnection: true }, signal);
    }
  }

  async #headers(): Promise<Readonly<Record<string, string>>> {
    const { headers, target } = this.#parts;
    const given = typeof headers === 'function' ? await askedFor(headers, target) : headers;
    if (areHeaders(given)) return lowerCased(given);
    throw new HalyardError('CONFIG_INVALID', `the headers for ${target.shown} are not texts by header name`);
  }

  #refuseWhileItIsLeftAlone(): void {
    const waitMs = Math.ceil(this.#notBefore - this.#parts.clock.elapsed());
    if (waitMs > 0) throw this.#leftAlone(waitMs);
  }

  /** Takes note of a server that wants to be left alone. */
  #obeyed({ status, headers }: TransportResponse): HalyardError | undefined {
    const { clock } = this.#parts;
    const waitMs = status === 429 || status === 503 ? retryAfterMs(headers['retry-after'], clock.now()) : undefined;
    if (waitMs === undefined) return undefined;
    this.#notBefore = clock.elapsed() + waitMs;
    return this.#leftAlone(waitMs);
  }

  #leftAlone(retryAfter: number): HalyardError {
    const { shown } = this.#parts.target;
    const message = `${shown} wants no requests for ${retryAfter} ms`;
    return new HalyardError('RATE_LIMITED', message, { details: { retryAfterMs: retryAfter } });
  }
}

/** Whether a text of the server's has something in it that it was sent in a header. */
function repeats(text: string, headers: Readonly<Record<string, string>>): boolean {
  const words = Object.values(headers).flatMap((value) => value.split(/[\s,;=]+/));
  return words.some((word) => word.length > 3 && text.includes(word));
}

/** What a function of the user's says of its failure may have the secret in it that it did not give. */
async function askedFor(headers: () => unknown, { shown, origin }: HttpTarget): Promise<unknown> {
  try {
    return await headers();
  } catch {
    const message = `the function given as the option headers failed, so that ${shown} was not asked`;
    throw new HalyardError('AUTHENTICATION_FAILED', message, { details: { origin } });
  }
}

function conditionsOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { etag, 'last-modified': modified } = headers;
  if (etag) return { 'if-none-match': etag };
  return modified ? { 'if-modified-since': modified } : {};
}

/** Names are tokens and values visible: nothing that would end a header. */
export function areHeaders(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, text]) =>
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === 'string' && /^[\t -~\x80-\xff]*$/.test(text),
  );
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
}
