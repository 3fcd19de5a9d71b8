import { recordingLogger } from '@halyard/testkit';
import type { Relay, RelayOptions } from '@halyard/relay';
import { createRelay } from '@halyard/relay';

const running: Relay[] = [];

/** Flags for tests that are about something else. */
export const someFlags = {
  welcome: { variations: { on: true, off: false }, defaultRule: { variation: 'on' }, version: '1' },
  split: { variations: { a: 'A', b: 'B' }, defaultRule: { percentage: { a: 50, b: 50 } } },
};

/** Starts a relay on any free port. It is closed by {@link closeRelays}. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const source = options.flagSets === undefined ? { source: someFlags } : {};
  const relay = await createRelay({ port: 0, logger: recordingLogger(), ...source, ...options });
  running.push(relay);
  return relay;
}

/** For `afterEach`. */
export async function closeRelays(): Promise<void> {
  await Promise.all(running.splice(0).map((relay) => relay.close()));
}

/** An answer, its body parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** Sends a request; a body that is no text is sent as JSON. */
export async function ask(
  relay: Relay,
  target: string,
  { method, headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${relay.url}${target}`, {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
  });
  const received = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  const json: unknown = isJson && received !== '' ? JSON.parse(received) : undefined;
  return { status: answer.status, headers: answer.headers, text: received, json };
}
