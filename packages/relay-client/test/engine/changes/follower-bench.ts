import type { RecordingLogger } from '@halyard/testkit';
import { ManualClock, recordingLogger, settled } from '@halyard/testkit';
import type { ChangeFollowerOptions } from '../../../src/index.ts';
import { ChangeFollower, parseEndpoint } from '../../../src/index.ts';
import { ScriptedHashes } from './scripted-hashes.ts';
import { ScriptedStream } from './scripted-stream.ts';

/** A clock that lets promises settle before time passes, too. */
class BenchClock extends ManualClock {
  override async pass(ms: number): Promise<void> {
    await settled();
    await super.pass(ms);
  }
}

/** A follower on a bench: everything around it is scripted. `heard` are its events in short. */
export interface Bench {
  readonly follower: ChangeFollower;
  readonly clock: ManualClock;
  readonly hashes: ScriptedHashes;
  readonly websocket: ScriptedStream;
  readonly sse: ScriptedStream;
  readonly logger: RecordingLogger;
  readonly heard: string[];
  /** The events of one kind. */
  heardOf(kind: string): string[];
}

/** Makes a follower that is not started; chance always gives `random()`, 0.5 by default. */
export function bench(options: Partial<ChangeFollowerOptions> = {}): Bench {
  const clock = new BenchClock();
  const elapsed = (): number => clock.elapsed();
  const [websocket, sse] = [new ScriptedStream('websocket', elapsed), new ScriptedStream('sse', elapsed)];
  const hashes = new ScriptedHashes(elapsed);
  const logger = recordingLogger();
  const heard: string[] = [];
  const follower = new ChangeFollower({
    client: hashes,
    endpoint: parseEndpoint('http://relay.test/flags'),
    streams: [websocket, sse],
    mode: 'auto',
    pollIntervalMs: 30_000,
    reconnect: { initialMs: 1_000, maxMs: 60_000 },
    clock,
    random: () => 0.5,
    logger,
    events: {
      modeChanged: (mode) => void heard.push(`mode ${mode}`),
      suspected: (flags) => void heard.push(`suspected ${flags?.join() ?? 'all'}`),
      changed: (changes) =>
        void heard.push(`changed ${changes.map(({ flag, before, after }) => `${flag}:${before}>${after}`).join()}`),
      confirmed: () => void heard.push('confirmed'),
      failed: ({ code }) => void heard.push(`failed ${code}`),
    },
    ...options,
  });
  const heardOf = (kind: string): string[] => heard.filter((event) => event.startsWith(kind));
  return { follower, clock, hashes, websocket, sse, logger, heard, heardOf };
}

/** A started follower whose stream is up and which knows the hashes; `heard` is empty. */
export async function startedBench(options: Partial<ChangeFollowerOptions> = {}): Promise<Bench> {
  const made = bench(options);
  made.follower.start();
  await settled();
  made.heard.length = 0;
  return made;
}
