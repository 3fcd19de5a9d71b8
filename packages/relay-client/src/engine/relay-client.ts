import type { Clock, EvaluationContext, Outcome } from '@halyard/core';
import { ContextFault, HalyardError } from '@halyard/core';
import type { ApiKey } from '../http/api-key.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { bulkRequest, evaluationRequest, protocolFor } from '../http/evaluation-request.ts';
import { failureOfStatus, unreadableAnswer } from '../http/failures.ts';
import type { RelayRequest } from '../http/relay-request.ts';
import type { ClosableTransport } from '../ports/closable-transport.ts';
import type { CollectorBatch } from '../wire/collector-batch.ts';
import { checkCollectorAnswer, encodeCollectorBatch } from '../wire/collector-batch.ts';
import type { FlagConfiguration } from '../wire/flag-configuration.ts';
import { decodeFlagConfiguration, encodeFlagConfigurationRequest } from '../wire/flag-configuration.ts';
import type { FlagHashes } from '../wire/flag-hashes.ts';
import { decodeFlagHashes } from '../wire/flag-hashes.ts';
import { decodeGoffBulk } from '../wire/goff-bulk.ts';
import { decodeGoffEvaluation } from '../wire/goff-evaluation.ts';
import { decodeOfrepBulk } from '../wire/ofrep-bulk.ts';
import { decodeOfrepError, decodeOfrepEvaluation } from '../wire/ofrep-evaluation.ts';
import type { RelayProtocol } from '../wire/relay-paths.ts';
import { relayPaths } from '../wire/relay-paths.ts';
import { Credentials } from './credentials.ts';
import type { Answered } from './requester.ts';
import { Requester } from './requester.ts';

/** Statuses, besides 200, of a collector that has taken what it was sent. */
const TAKEN = [201, 202, 204];

/** What a relay client is made of. */
export interface RelayClientOptions {
  readonly endpoint: Endpoint;
  /** None: requests are sent without a key. */
  readonly apiKey?: ApiKey | undefined;
  /** Belongs to the client from now on, which closes it. */
  readonly transport: ClosableTransport;
  /** For the whole exchange of a request, in milliseconds. */
  readonly timeoutMs: number;
  /** How to ask for flags: the relay's own way, or the OpenFeature Remote Evaluation Protocol. */
  readonly protocol: RelayProtocol;
  readonly clock: Clock;
}

/**
 * Asks one relay. Every method rejects with a HalyardError and nothing else: `TIMED_OUT`, `NETWORK_FAILED`,
 * `AUTHENTICATION_FAILED`, `RATE_LIMITED` (also at once, without a request, while the relay wants to be left alone),
 * `CONTEXT_INVALID`, `RESPONSE_INVALID`, `CLOSED`; and `CONFIG_INVALID` for a function that returns no API key.
 */
export interface RelayClient {
  /**
   * Evaluates one flag. What the relay says about the flag is an outcome, its errors included.
   *
   * Keys with a slash are asked for by OFREP, whatever the protocol; those with `.` or `..` between slashes cannot be
   * asked for, and are an error of code GENERAL.
   *
   * @param context one that `checkContext` let pass
   */
  evaluate(flagKey: string, context: EvaluationContext, signal?: AbortSignal): Promise<Outcome>;
  /** Evaluates all flags, or those that `gofeatureflag.flagList` of the context names. No outcome is `cacheable`. */
  evaluateAll(context: EvaluationContext, signal?: AbortSignal): Promise<ReadonlyMap<string, Outcome>>;
  /**
   * The definitions of all flags, or of some.
   *
   * @param etag the tag of the definitions that are known, for the same flags
   */
  flagConfiguration(
    etag: string | undefined,
    signal?: AbortSignal,
    flags?: readonly string[],
  ): Promise<FlagConfiguration | 'unchanged'>;
  /** Which state the flags are in, without their definitions. */
  flagHashes(etag: string | undefined, signal?: AbortSignal): Promise<FlagHashes | 'unchanged'>;
  /** Hands usage data over. Never sends a batch twice: whether to do that is the caller's decision. */
  collect(batch: CollectorBatch, signal?: AbortSignal): Promise<void>;
  /** Gives up what is in progress (`CLOSED`), and closes the transport. */
  close(): Promise<void>;
}

/** @throws HalyardError `CONFIG_INVALID` for a key that cannot stand in a header */
export function createRelayClient(options: RelayClientOptions): RelayClient {
  return new HttpRelayClient(options);
}

class HttpRelayClient implements RelayClient {
  readonly #endpoint: Endpoint;
  readonly #protocol: RelayProtocol;
  readonly #transport: ClosableTransport;
  readonly #requester: Requester;

  constructor({ apiKey, ...parts }: RelayClientOptions) {
    this.#endpoint = parts.endpoint;
    this.#protocol = parts.protocol;
    this.#transport = parts.transport;
    this.#requester = new Requester({ ...parts, credentials: new Credentials(apiKey) });
  }

  async evaluate(flagKey: string, context: EvaluationContext, signal?: AbortSignal): Promise<Outcome> {
    const protocol = protocolFor(flagKey, this.#protocol);
    const request = evaluationRequest(flagKey, protocol, context);
    if ('resolution' in request) return request;
    const answered = await this.#requester.send(request, signal);
    const { status, body } = answered.response;
    if (status !== 200) {
      const outcome = decodeOfrepError(flagKey, body);
      if (outcome === undefined) throw failureOfStatus(this.#asked(request, answered), answered.response);
      return outcome;
    }
    const decode = protocol === 'goff' ? decodeGoffEvaluation : decodeOfrepEvaluation;
    return this.#decoded(request, answered, () => decode(flagKey, body));
  }

  async evaluateAll(context: EvaluationContext, signal?: AbortSignal): Promise<ReadonlyMap<string, Outcome>> {
    const request = bulkRequest(this.#protocol, context);
    if (request instanceof ContextFault) throw new HalyardError('CONTEXT_INVALID', request.message);
    const answered = await this.#requester.send(request, signal);
    return this.#decoded(request, answered, this.#protocol === 'goff' ? decodeGoffBulk : decodeOfrepBulk);
  }

  async flagConfiguration(
    etag: string | undefined,
    signal?: AbortSignal,
    flags?: readonly string[],
  ): Promise<FlagConfiguration | 'unchanged'> {
    const body = encodeFlagConfigurationRequest(flags);
    const path = relayPaths.flagConfiguration;
    return this.#tagged(
      { method: 'POST', path, body, etag, since: '1.45', isRead: true },
      signal,
      decodeFlagConfiguration,
    );
  }

  async flagHashes(etag: string | undefined, signal?: AbortSignal): Promise<FlagHashes | 'unchanged'> {
    const path = relayPaths.flagHashes;
    return this.#tagged({ method: 'GET', path, etag, since: '1.12', isRead: true }, signal, decodeFlagHashes);
  }

  async collect(batch: CollectorBatch, signal?: AbortSignal): Promise<void> {
    const body = encodeCollectorBatch(batch);
    const path = relayPaths.collector;
    // a gateway may answer in its own words; whoever says that all is well has taken the batch
    const request: RelayRequest = { method: 'POST', path, body, since: '1.7', isRead: false, alsoAnsweredBy: TAKEN };
    const answered = await this.#requester.send(request, signal);
    this.#decoded(request, answered, checkCollectorAnswer);
  }

  async close(): Promise<void> {
    this.#requester.close();
    await this.#transport.close?.();
  }

  async #tagged<T extends object>(
    request: RelayRequest,
    signal: AbortSignal | undefined,
    decode: (text: string) => T,
  ): Promise<(T & { etag?: string }) | 'unchanged'> {
    const isKnown = request.etag !== undefined;
    const asked = isKnown ? { ...request, alsoAnsweredBy: [304] } : request;
    const answered = await this.#requester.send(asked, signal);
    const { status, headers } = answered.response;
    if (status === 304) return 'unchanged';
    const etag = headers['etag'];
    return { ...this.#decoded(request, answered, decode), ...(etag ? { etag } : {}) };
  }

  #decoded<T>(request: RelayRequest, answered: Answered, decode: (text: string) => T): T {
    const { body } = answered.response;
    try {
      return decode(body);
    } catch (error) {
      throw unreadableAnswer(this.#asked(request, answered), error, body);
    }
  }

  #asked(request: RelayRequest, { apiKey }: Answered): Parameters<typeof failureOfStatus>[0] {
    return { endpoint: this.#endpoint, request, apiKey };
  }
}
