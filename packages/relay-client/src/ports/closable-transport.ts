import type { TransportRequest, TransportResponse } from '@halyard/core';

/** A request that may ask for more than any transport has to know. */
export interface RelayTransportRequest extends TransportRequest {
  /** Whether to send it over a connection that was not used before, if there is a choice. */
  readonly onNewConnection?: boolean;
}

/** A transport that may hold connections; any `Transport` is one. Where the other side ended a connection before it
 * answered, a failure says so by `details.unanswered: true`. */
export interface ClosableTransport {
  (request: RelayTransportRequest, signal: AbortSignal): Promise<TransportResponse>;
  /** Whether nothing holds on to the signal of a request that has settled: making signals costs more than sending. */
  readonly letsGoOfSignals?: boolean;
  /** Lets go of all connections, those in use included. None: there is nothing to let go of. */
  close?(): Promise<void>;
}
