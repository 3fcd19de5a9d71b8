import { ManualClock, settled } from '@halyard/testkit';
import { SupabaseSource } from '../../src/engine/sources/supabase-source.ts';
import { supabaseSource } from '../../src/sources-supabase.ts';
import { supabase } from './supabase-client.ts';

const never = (): AbortSignal => new AbortController().signal;

/** A channel of supabase-js, to be told what the server says. */
class FakeChannel {
  readonly filters: string[] = [];
  readonly #listeners = new Map<string, (message: unknown) => void>();
  tell: (status: string, error?: Error) => void = () => undefined;

  on(kind: string, filter: object, listener: (message: unknown) => void): this {
    this.filters.push(`${kind} ${JSON.stringify(filter)}`);
    this.#listeners.set(kind, listener);
    return this;
  }

  subscribe(listener: FakeChannel['tell']): this {
    this.tell = listener;
    return this;
  }

  receive(kind: string, message: unknown): void {
    this.#listeners.get(kind)?.(message);
  }
}

/** A client that can listen, and a source over it. */
function listening(): {
  channels: Map<string, FakeChannel>;
  removed: unknown[];
  clock: ManualClock;
  client: ReturnType<typeof supabase> & { channel: (topic: string) => FakeChannel };
  source: SupabaseSource;
} {
  const channels = new Map<string, FakeChannel>();
  const removed: unknown[] = [];
  const channel = (topic: string): FakeChannel => {
    // as the real client: of one name there is one channel
    const channel = channels.get(topic) ?? new FakeChannel();
    channels.set(topic, channel);
    return channel;
  };
  const removeChannel = async (channel: unknown): Promise<void> => void removed.push(channel);
  const client = Object.assign(supabase([]), { channel, removeChannel });
  const clock = new ManualClock();
  const limits = {
    pollIntervalMs: 0,
    emptyAfterMs: 0,
    timeoutMs: 10_000,
    digest: (text: string) => text,
    address: undefined,
  };
  const names = { schema: 'public', table: 'rules', topic: 'flags', isRealtime: true };
  return { channels, removed, clock, client, source: new SupabaseSource({ client, clock, ...limits, ...names }) };
}

const last = (channels: Map<string, FakeChannel>): FakeChannel => [...channels.values()].at(-1)!;

test('a change of the table is a notice, and so is whatever says that changes may have been missed', async () => {
  const { channels, source } = listening();
  let notices = 0;
  const watching = source.watch(() => notices++, never());
  const channel = last(channels);
  expect(channel.filters).toEqual(['postgres_changes {"event":"*","schema":"public","table":"rules"}', 'system {}']);
  channel.tell('SUBSCRIBED');
  expect(notices).toBe(1);
  channel.receive('system', { extension: 'postgres_changes', status: 'ok' });
  expect(notices).toBe(2);
  await watching;
  channel.receive('postgres_changes', {});
  expect(notices).toBe(3);
  channel.tell('CHANNEL_ERROR', new Error('socket closed: 1006'));
  channel.receive('system', null);
  expect(notices).toBe(3);
});

test('when the signal fires the channel is left, and nothing is told any more', async () => {
  const { channels, removed, clock, source } = listening();
  const following = new AbortController();
  let notices = 0;
  const watching = source.watch(() => notices++, following.signal);
  following.abort();
  await watching;
  expect(removed).toEqual([last(channels)]);
  for (const status of ['SUBSCRIBED', 'CHANNEL_ERROR', 'CLOSED']) last(channels).tell(status);
  last(channels).receive('postgres_changes', {});
  expect([notices, clock.timers, channels.size]).toEqual([0, 0, 1]);
  await source.watch(() => notices++, following.signal);
  expect(channels.size).toBe(1);
});

test('whoever follows the source has a channel of its own', () => {
  const { channels, source } = listening();
  let notices = 0;
  for (let follower = 0; follower < 2; follower++) void source.watch(() => notices++, never());
  expect(channels.size).toBe(2);
  for (const channel of channels.values()) channel.receive('postgres_changes', {});
  expect(notices).toBe(2);
});

test('in place of a channel that the server closed there is another after a while', async () => {
  const { channels, clock, source } = listening();
  let notices = 0;
  const watching = source.watch(() => notices++, never());
  last(channels).receive('system', { extension: 'postgres_changes', status: 'ok' });
  await watching;
  last(channels).receive('system', { extension: 'system', status: 'error', message: 'Too many messages' });
  last(channels).tell('CLOSED');
  await clock.pass(9_999);
  expect(channels.size).toBe(1);
  await clock.pass(1);
  expect(channels.size).toBe(2);
  last(channels).tell('SUBSCRIBED');
  expect(notices).toBe(2);
});

test('after the signal no channel is opened again', async () => {
  const { channels, clock, source } = listening();
  const following = new AbortController();
  const watching = source.watch(() => undefined, following.signal);
  last(channels).tell('CLOSED');
  await expect(watching).rejects.toThrow('CLOSED');
  following.abort();
  await clock.pass(60_000);
  expect(channels.size).toBe(1);
});

test.each<[string, (channel: FakeChannel) => void]>([
  ['no such table', (channel) => channel.receive('system', { status: 'error', message: 'no such table' })],
  ['not enabled', (channel) => channel.tell('CHANNEL_ERROR', new Error('not enabled'))],
  ['TIMED_OUT', (channel) => channel.tell('TIMED_OUT')],
])('that realtime is refused is said once, with the reason: %s', async (reason, refuse) => {
  const { channels, source } = listening();
  const watching = source.watch(() => undefined, never());
  refuse(last(channels));
  await expect(watching).rejects.toThrow(`realtime is refused or away (${reason})`);
  const again = source.watch(() => undefined, never());
  refuse(last(channels));
  await again;
  expect(channels.size).toBe(2);
});

test.each([
  ['wss://x/realtime/v1/websocket?apikey=canary&vsn=2.0.0 is away', 'wss://x/realtime/v1/websocket?… is away'],
  ['token "canary" has expired', 'token "…" has expired'],
  ["apikey='canary', vsn=2", "apikey='…', vsn=2"],
  ['access_token: canary is refused', 'access_token: … is refused'],
  ['{"apikey":"canary"}', '{"apikey":"…"}'],
  ['Bearer canary is refused', 'Bearer … is refused'],
  ['eyJjanary.eyJcanary.canary has expired', '… has expired'],
  ['sb_secret_canary is unknown', '… is unknown'],
  ['Token has expired 5 seconds ago', 'Token has expired 5 seconds ago'],
])('no key is said: %s', async (message, words) => {
  const { channels, source } = listening();
  const watching = source.watch(() => undefined, never());
  last(channels).tell('CHANNEL_ERROR', new Error(message));
  await expect(watching).rejects.toThrow(`(${words})`);
});

test('no key is said of a table that cannot be read either', async () => {
  const client = Object.assign(supabase([]), { status: 401, error: { message: 'bad key https://x/?apikey=canary' } });
  const failure = supabaseSource({ client }).load(undefined, never());
  await expect(failure).rejects.toMatchObject({
    message: expect.stringMatching(/: bad key https:\/\/x\/\?…$/) as string,
  });
});

test('a signal that fires while the channel is made leaves no channel behind', async () => {
  const { client, channels, removed, source } = listening();
  const following = new AbortController();
  const { channel } = client;
  client.channel = (topic) => {
    following.abort();
    return channel(topic);
  };
  await source.watch(() => undefined, following.signal);
  expect(removed).toEqual([last(channels)]);
});

test('a client that throws, for want of a WebSocket, is told of, and leaves no channel behind', async () => {
  const { client, channels, removed, source } = listening();
  const { channel } = client;
  client.channel = (topic) => Object.assign(channel(topic), { subscribe: () => raise() });
  await expect(source.watch(() => undefined, never())).rejects.toThrow('no WebSocket');
  expect(removed).toEqual([last(channels)]);
});

test("a failure to leave is nobody's", async () => {
  const { client, source } = listening();
  const following = new AbortController();
  Object.assign(client, { removeChannel: () => raise() });
  const watching = source.watch(() => undefined, following.signal);
  following.abort();
  await watching;
  await settled();
});

test('without realtime, and with a client that cannot listen, there is nothing to follow', async () => {
  const { client, channels } = listening();
  await supabaseSource({ client, realtime: false }).watch?.(() => undefined, never());
  await supabaseSource({ client: supabase([]) }).watch?.(() => undefined, never());
  expect(channels.size).toBe(0);
});

function raise(): never {
  throw new Error('no WebSocket');
}
