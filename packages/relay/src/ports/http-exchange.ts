/** The body of a request, as far as it came. */
export type ReceivedBody =
  | { readonly state: 'whole'; readonly bytes: Uint8Array }
  /** More than the relay takes. */
  | { readonly state: 'too large' }
  /** The sender went away. */
  | { readonly state: 'cut off' };

/** A request as a value; the transport behind it is nobody's business. */
export interface RelayRequest {
  readonly method: string;
  /** Path and query as they came, percent-encoding untouched. */
  readonly target: string;
  /** All values of each header, under its name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Whether the request says that it has no body; one in chunks may be empty all the same. */
  readonly hasNoBody: boolean;
  /** Reads the body; to be called once at most. Never rejects. */
  readBody(): Promise<ReceivedBody>;
}

/** Header lines in order; a name may occur several times. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** Somebody who is told of changes until they hang up. */
export interface StreamListener {
  /** One message, a JSON text without a line end. */
  changed(text: string): void;
}

/** Begins to tell; the answer is a function that stops it. */
export type Subscribe = (listener: StreamListener) => () => void;

/** An answer as a value. */
export type RelayAnswer =
  | {
      readonly kind: 'whole';
      readonly status: number;
      readonly headers: HeaderLines;
      readonly body: string;
      /** Whether the connection ends with this answer. */
      readonly isLast?: boolean;
    }
  /** Server-Sent Events. */
  | { readonly kind: 'events'; readonly headers: HeaderLines; readonly subscribe: Subscribe }
  /** A WebSocket; `headers` are for a request that asks for no upgrade. */
  | { readonly kind: 'websocket'; readonly headers: HeaderLines; readonly subscribe: Subscribe };

/** Answers requests. Never rejects. */
export type Respond = (request: RelayRequest) => Promise<RelayAnswer>;
