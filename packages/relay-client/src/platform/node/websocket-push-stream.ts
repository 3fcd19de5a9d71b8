import type { ClientOptions, WebSocket } from 'ws';
import type { PushEnd, PushStream, PushStreamEvents } from '../../ports/push-stream.ts';
import { causeOf, refusalOf, useLastingSocket } from './lasting-socket.ts';

/** Larger messages end the connection. */
const LARGEST_MESSAGE_BYTES = 8 * 1024 * 1024;
/** The longest a handshake may take without a byte, in milliseconds. */
const HANDSHAKE_LIMIT_MS = 15_000;
/** How long the other end may take to hang up after its goodbye, in milliseconds. */
const CLOSE_LIMIT_MS = 1_000;

const options: ClientOptions & { closeTimeout: number } = {
  perMessageDeflate: false,
  maxPayload: LARGEST_MESSAGE_BYTES,
  handshakeTimeout: HANDSHAKE_LIMIT_MS,
  closeTimeout: CLOSE_LIMIT_MS,
  followRedirects: false,
  finishRequest(request) {
    useLastingSocket(request);
    request.end();
  },
};

/** WebSockets by `ws`, which is loaded with the first connection. Pings are answered and count as signs of life. */
export const webSocketPushStream: PushStream = {
  name: 'websocket',
  open(url, events) {
    let socket: WebSocket | undefined;
    let isOver = false;
    const close = (): void => {
      isOver = true;
      socket?.terminate();
    };
    const over = (end: PushEnd): void => {
      if (isOver) return;
      close();
      events.closed(end);
    };
    import('ws')
      .then((ws) => {
        if (isOver) return;
        socket = new ws.WebSocket(url, options);
        listen(socket, events, over);
      })
      .catch((error: unknown) => over({ kind: 'failed', why: causeOf(error) }));
    return { close };
  },
};

function listen(socket: WebSocket, events: PushStreamEvents, over: (end: PushEnd) => void): void {
  let kind: 'failed' | 'lost' = 'failed';
  socket.on('open', () => {
    kind = 'lost';
    events.opened();
  });
  socket.on('ping', () => events.alive());
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) events.unreadable('a binary frame');
    else events.message(data.toString('utf8'));
  });
  socket.on('unexpected-response', (request, response) => {
    over({ kind: 'refused', ...refusalOf(response) });
    request.destroy();
  });
  socket.on('error', (error) => {
    const why = causeOf(error);
    if (why.startsWith('WS_ERR')) events.unreadable(why);
    over({ kind, why });
  });
  socket.on('close', (code) => over({ kind, why: `closed with ${code}` }));
}
