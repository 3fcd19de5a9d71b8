/** How a connection came to its end, without any secret in it. */
export type PushEnd =
  /** The server answered, but with something else than a stream. */
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfter?: string }
  /** There was no answer; `why` is a short code or a few words. */
  | { readonly kind: 'failed'; readonly why: string }
  /** It was up; a clean end is no better than a broken one. */
  | { readonly kind: 'lost'; readonly why: string };

/** What a connection tells. What still comes after `closed`, or after it was closed from here, means nothing. */
export interface PushStreamEvents {
  /** The stream is up. At most once. */
  opened(): void;
  /** A sign of life without content: a ping, a comment. */
  alive(): void;
  message(text: string): void;
  /** Something came that is no text to read; `why` never quotes it. The stream may go on. */
  unreadable(why: string): void;
  /** It is over, or never came up. Once. */
  closed(end: PushEnd): void;
}

/** A connection that was asked for. */
export interface PushConnection {
  /** Lets go of it at once, without ceremony. Idempotent. */
  close(): void;
}

/** One way to have a server push texts. Holds no process alive. */
export interface PushStream {
  readonly name: 'websocket' | 'sse';
  /**
   * Connects. Never throws; the events come later, not from within this call.
   *
   * @param url absolute, ws or wss for a WebSocket, else http or https; holds the API key: must not be shown
   */
  open(url: string, events: PushStreamEvents): PushConnection;
}
