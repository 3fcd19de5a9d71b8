import type { PushConnection, PushStream } from '../../../src/index.ts';

/** A connection whose events are written down in short. */
export interface HeardStream {
  readonly heard: string[];
  readonly connection: PushConnection;
}

export function listenTo(stream: PushStream, url: string): HeardStream {
  const heard: string[] = [];
  const connection = stream.open(url, {
    opened: () => void heard.push('opened'),
    alive: () => void heard.push('alive'),
    message: (text) => void heard.push(`message ${text.length > 100 ? text.length : text}`),
    unreadable: (why) => void heard.push(`unreadable ${why}`),
    closed: (end) => void heard.push(`${end.kind} ${end.kind === 'refused' ? end.status : end.why}`),
  });
  return { heard, connection };
}

/** How many sockets keep the process alive. */
export function holdingSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length;
}
