import type { ClientRequest, IncomingMessage } from 'node:http';
import type { createParser, EventSourceMessage } from 'eventsource-parser';
import type { PushEnd, PushStream, PushStreamEvents } from '../../ports/push-stream.ts';
import { causeOf, refusalOf, useLastingSocket } from './lasting-socket.ts';

/** Larger events end the connection; in characters. */
const LARGEST_EVENT = 8 * 1024 * 1024;

const headers = { accept: 'text/event-stream', 'cache-control': 'no-cache' };

type ParserMaker = typeof createParser;

/** Server-sent events over Node's HTTP client, which is loaded with the first connection. */
export const ssePushStream: PushStream = {
  name: 'sse',
  open(url, events) {
    let request: ClientRequest | undefined;
    let isOver = false;
    let kind: 'failed' | 'lost' = 'failed';
    const close = (): void => {
      isOver = true;
      request?.destroy();
    };
    const over = (end: PushEnd): void => {
      if (isOver) return;
      close();
      events.closed(end);
    };
    const http = url.startsWith('https:') ? import('node:https') : import('node:http');
    Promise.all([http, import('eventsource-parser')])
      .then(([{ request: send }, parsing]) => {
        if (isOver) return;
        request = send(url, { agent: false, headers });
        useLastingSocket(request);
        request.on('error', (error) => over({ kind, why: causeOf(error) }));
        request.on('response', (response) => {
          if (!isEventStream(response)) return over({ kind: 'refused', ...refusalOf(response) });
          kind = 'lost';
          read(response, parsing.createParser, events, over);
        });
        request.end();
      })
      .catch((error: unknown) => over({ kind: 'failed', why: causeOf(error) }));
    return { close };
  },
};

function isEventStream({ statusCode, headers: { 'content-type': type = '' } }: IncomingMessage): boolean {
  return statusCode === 200 && /^text\/event-stream\s*(?:;|$)/i.test(type);
}

function read(
  response: IncomingMessage,
  parserOf: ParserMaker,
  events: PushStreamEvents,
  over: (end: PushEnd) => void,
): void {
  response.on('error', (error) => over({ kind: 'lost', why: causeOf(error) }));
  response.on('close', () => over({ kind: 'lost', why: 'the response ended' }));
  const broken = (why: string): void => {
    events.unreadable(why);
    over({ kind: 'lost', why });
  };
  const parser = parserOf({
    maxBufferSize: LARGEST_EVENT,
    onEvent: (event) => deliver(event, events),
    onComment: () => events.alive(),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') broken(`an event of more than ${LARGEST_EVENT} characters`);
    },
  });
  const textOf = strictReader();
  events.opened();
  response.on('data', (chunk: Buffer) => {
    const text = textOf(chunk);
    if (text === undefined) broken('invalid UTF-8');
    else parser.feed(text);
  });
}

/** Reads text that comes in pieces; undefined where it is none. */
function strictReader(): (chunk: Buffer) => string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return decoder.decode(chunk, { stream: true });
    } catch {
      return undefined;
    }
  };
}

/** Events with a name are not the relay's; without data they are signs of life. */
function deliver({ event, data }: EventSourceMessage, events: PushStreamEvents): void {
  const isNotice = (event === undefined || event === 'message') && data !== '';
  if (isNotice) events.message(data);
  else events.alive();
}
