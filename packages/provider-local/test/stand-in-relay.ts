import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { relayPaths } from '@halyard/relay-client';
import type { LoopbackServer } from '@halyard/testkit/loopback-server';
import { httpServer } from '@halyard/testkit/loopback-server';

/** What a relay on loopback has, and who listens to it. */
export interface StandInRelay extends LoopbackServer {
  /** The configuration as it is answered; `edit` says that it changed. */
  configuration: Record<string, unknown>;
  edit(configuration: Record<string, unknown>): void;
  readonly listeners: number;
}

/** The configuration and the event stream of a relay with one key. */
export async function standInRelay(key: string, first: Record<string, unknown>): Promise<StandInRelay> {
  const streams = new Set<ServerResponse>();
  const state = { configuration: first };
  const server = await httpServer((response, { url, headers }) => {
    const { pathname, searchParams } = new URL(url, 'http://relay');
    if (pathname === relayPaths.eventStream && searchParams.get('apiKey') === key) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      response.on('close', () => streams.delete(response));
      return void streams.add(response);
    }
    if (headers.authorization !== `Bearer ${key}`) return void response.writeHead(401).end('{"message":"invalid key"}');
    if (pathname !== relayPaths.flagConfiguration) return void response.writeHead(404).end();
    const body = JSON.stringify(state.configuration);
    const etag = `"${body.length}-${createHash('sha1').update(body).digest('hex')}"`;
    if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(body);
  });
  return {
    ...server,
    get configuration() {
      return state.configuration;
    },
    set configuration(configuration) {
      state.configuration = configuration;
    },
    get listeners() {
      return streams.size;
    },
    edit(configuration) {
      state.configuration = configuration;
      const change = { deleted: {}, added: {}, updated: { flag: { old_value: {}, new_value: {} } } };
      for (const stream of streams) stream.write(`id: \ndata: ${JSON.stringify(change)}\n\n`);
    },
  };
}
