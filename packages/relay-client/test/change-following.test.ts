import type { FlagChange } from '@halyard/core';
import { systemClock } from '@halyard/core';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { RelayClient } from '../src/index.ts';
import { ChangeFollower, createRelayClient, parseEndpoint } from '../src/index.ts';
import { nodeStreams, nodeTransport } from '../src/server.ts';
import { StandInRelay } from './stand-in-relay.ts';

const apiKey = 'canary+/= key';

let relay: StandInRelay;
let follower: ChangeFollower | undefined;
let client: RelayClient;

beforeEach(async () => {
  relay = new StandInRelay(apiKey);
  await relay.start();
  relay.edit('one', 1);
});

afterEach(async () => {
  follower?.stop();
  await client.close();
  await relay.kill();
});

/** A follower of the real parts, which waits a short time only. */
function follow(mode: 'auto' | 'websocket' | 'sse'): { changes: FlagChange[]; heard: string[]; log: () => string } {
  const changes: FlagChange[] = [];
  const heard: string[] = [];
  const logger = recordingLogger();
  const endpoint = parseEndpoint(relay.url);
  client = createRelayClient({
    endpoint,
    apiKey,
    transport: nodeTransport(),
    timeoutMs: 5_000,
    protocol: 'goff',
    clock: systemClock,
  });
  follower = new ChangeFollower({
    client,
    endpoint,
    apiKey,
    streams: nodeStreams,
    mode,
    pollIntervalMs: 30_000,
    reconnect: { initialMs: 20, maxMs: 200 },
    clock: systemClock,
    random: () => 0.5,
    logger,
    events: {
      modeChanged: (now) => void heard.push(`mode ${now}`),
      suspected: (flags) => void heard.push(`suspected ${flags?.join() ?? 'all'}`),
      changed: (more) => void changes.push(...more),
      confirmed: () => void heard.push('confirmed'),
      failed: ({ message }) => void heard.push(`failed ${message}`),
    },
  });
  follower.start();
  return { changes, heard, log: () => JSON.stringify([logger.entries, heard]) };
}

test.each(['websocket', 'sse'] as const)(
  '%s: an edit is told with its definitions, also after a restart',
  async (mode) => {
    const { changes, heard, log } = follow(mode);
    await eventually('the flags are known', () => heard.includes('confirmed'));
    relay.edit('one', 2);
    await eventually('the edit is told', () => changes.length === 1);
    expect(changes).toEqual([{ flag: 'one', before: 1, after: 2 }]);
    await relay.kill();
    relay.edit('two', 1);
    await relay.start();
    await eventually('the edit in the gap is told', () => changes.length === 2);
    expect(changes[1]?.flag).toBe('two');
    await eventually('the stream is back', () => relay.listeners > 0);
    relay.edit('one', 3);
    await eventually('the last edit is told', () => changes.length === 3);
    expect(changes[2]).toEqual({ flag: 'one', before: 2, after: 3 });
    expect(log()).not.toContain('canary');
  },
);

test('ten thousand edits as fast as they can be sent end in the newest state', async () => {
  const { changes, heard } = follow('auto');
  await eventually('the flags are known', () => heard.includes('confirmed'));
  for (let edit = 1; edit <= 10_000; edit++) relay.edit('one', edit + 1);
  await eventually('the last edit is told', () => changes.some(({ after }) => after === 10_001));
  expect(heard.filter((event) => event === 'suspected one')).toHaveLength(10_000);
  expect(heard.filter((event) => event === 'confirmed').length).toBeLessThan(200);
});

test('a key that the relay does not know is told once, without showing it', async () => {
  relay.key = 'another';
  const { heard, log } = follow('sse');
  await eventually('the refusal is told', () => heard.length > 0);
  expect(heard).toEqual([expect.stringMatching(/^failed .*apiKey/)]);
  expect(follower?.mode).toBe('none');
  expect(log()).not.toContain('canary');
});
