/** One request over the network; `url` is absolute. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The whole answer, read to its end. Header names are in lower case. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request and reads the whole answer. Rejects when the signal fires, however far it got. */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResponse>;
