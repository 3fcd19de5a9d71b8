// Clocks that are set while applications run: ahead, back, and by a day. The monotonic clock goes on as it does.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@halyard/testkit';
import { describeWithPrograms } from '../sources/real-programs.ts';
import { DrivenProcess } from './driven-process.ts';
import { FlagClient } from './flag-client.ts';
import type { Usual } from './scene.ts';
import { cachePath, followed, removeScenes, SLACK_MS, usualProviders } from './scene.ts';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const POLL_INTERVAL_MS = 300;
const STALE_AFTER_MS = 1_000;
/** A relay that pushes changes is asked ten times more seldom, so that nothing known is older than this. */
const OLDEST_MS = 11 * POLL_INTERVAL_MS + SLACK_MS;

/** Debian keeps it in a folder for each architecture. */
function fakeTime(): string | undefined {
  const folder = '/usr/lib';
  const folders = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('-linux-gnu')) : [];
  return folders.map((name) => join(folder, name, 'faketime/libfaketimeMT.so.1')).find((path) => existsSync(path));
}

/** A wall clock for processes that are started with its `env`. */
class WallClock {
  static #made = 0;
  readonly #file = cachePath(`clock-${WallClock.#made++}`);

  constructor(offsetMs = 0) {
    this.set(offsetMs);
  }

  get env(): Record<string, string> {
    return {
      LD_PRELOAD: fakeTime() as string,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** How far it is from the machine's own. */
  set(offsetMs: number): void {
    writeFileSync(`${this.#file}.new`, `${offsetMs < 0 ? '' : '+'}${offsetMs / 1_000}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}

interface Served {
  readonly process: DrivenProcess;
  readonly url: string;
  readonly endpoint: string;
}

async function serve(): Promise<Served> {
  const process = new DrivenProcess('flag-server.mjs', { host: '127.0.0.1', value: 'first' });
  const { httpPort, relayPort } = await process.ready<{ httpPort: number; relayPort: number }>();
  return { process, url: `http://127.0.0.1:${httpPort}/flags.json`, endpoint: `http://127.0.0.1:${relayPort}` };
}

function startAt(clock: WallClock, served: Served, cache: string): FlagClient<Usual> {
  const settings = usualProviders({ ...served, cache }, { initTimeoutMs: 20_000, staleAfterMs: STALE_AFTER_MS });
  return new FlagClient(settings, (program, given) => new DrivenProcess(program, given, { env: clock.env }));
}

/** Requests for the document of one provider alone, in the time of so many of its polls. */
async function pollsIn(periods: number, { process }: Served): Promise<number> {
  const requests = async (): Promise<number> => (await process.tell<{ requests: number }>({})).requests;
  const [begun, before] = [performance.now(), await requests()];
  await eventually('time passes', () => performance.now() - begun > periods * POLL_INTERVAL_MS);
  const followers = 2;
  return ((await requests()) - before) / followers;
}

describeWithPrograms('a wall clock that is set', { faketime: fakeTime() }, () => {
  afterAll(removeScenes);

  test.concurrent('ages, polls and changes do not care', async () => {
    const served = await serve();
    const clock = new WallClock();
    const application = startAt(clock, served, cachePath('jumps'));
    await application.untilServed('first');
    await followed(application);
    for (const offsetMs of [DAY_MS, -DAY_MS, 2 * HOUR_MS]) {
      clock.set(offsetMs);
      const polls = await pollsIn(4, served);
      expect(polls).toBeGreaterThanOrEqual(2);
      expect(polls).toBeLessThanOrEqual(7);
      const value = `at ${offsetMs}`;
      await served.process.tell({ value });
      for (const { state, ageMs } of Object.values(await application.untilServed(value))) {
        expect(state).toBe('ready');
        expect(ageMs).toBeGreaterThanOrEqual(0);
        expect(ageMs).toBeLessThan(OLDEST_MS);
      }
    }
    for (const { events, log } of Object.values(await application.report())) {
      expect({ events, log }).toEqual({ events: { Ready: 1, ConfigurationChanged: 3 }, log: [] });
    }
    expect(await application.ended()).toBe('0');
  });

  test.concurrent.each([DAY_MS, -DAY_MS])(
    'set by %i ms in an outage, flags are stale in their time',
    async (offsetMs) => {
      const served = await serve();
      const clock = new WallClock();
      const application = startAt(clock, served, cachePath(`outage-${offsetMs}`));
      await application.untilServed('first');
      await followed(application);
      await application.forget();
      served.process.signal('SIGSTOP');
      const begun = performance.now();
      clock.set(offsetMs);
      await application.until('the document is stale', ({ state }, name) => name !== 'http' || state === 'stale');
      expect(performance.now() - begun).toBeGreaterThan(STALE_AFTER_MS);
      const stale = await application.until('all are stale', ({ state }) => state === 'stale');
      const mostMs = performance.now() - begun + OLDEST_MS;
      for (const { ageMs, values, errors } of Object.values(stale)) {
        expect({ values: Object.keys(values), errors }).toEqual({ values: ['first'], errors: {} });
        expect(ageMs).toBeGreaterThan(STALE_AFTER_MS);
        expect(ageMs).toBeLessThan(mostMs);
      }
      served.process.signal('SIGCONT');
      await application.until('all are ready', ({ state }) => state === 'ready');
      expect(await application.ended()).toBe('0');
    },
  );

  test.concurrent.each([
    ['behind that of', -DAY_MS, DAY_MS],
    ['ahead of that of', DAY_MS, 0],
  ])('a clock %s the one that saved the flags', async (_, offsetMs, savedAgeMs) => {
    const served = await serve();
    const cache = cachePath(`saved-${offsetMs}`);
    const saving = startAt(new WallClock(offsetMs), served, cache);
    await saving.untilServed('first');
    await eventually('the flags are saved', () => existsSync(cache));
    expect(await saving.ended()).toBe('0');
    expect(Math.abs(savedAtIn(cache) - Date.now() - offsetMs)).toBeLessThan(HOUR_MS);
    await served.process.killed();

    const clock = new WallClock();
    const application = startAt(clock, served, cache);
    const { layered } = await application.until('saved flags are stale', ({ state }, name) => {
      return name !== 'layered' || state === 'stale';
    });
    expect(Math.abs(layered.ageMs - savedAgeMs)).toBeLessThan(HOUR_MS);
    clock.set(HOUR_MS * 2);
    const later = await application.until('they get older', ({ ageMs, state }, name) => {
      return name !== 'layered' || (state === 'stale' && ageMs > layered.ageMs + 500);
    });
    expect(later.layered.ageMs - layered.ageMs).toBeLessThan(HOUR_MS);
    expect(await application.ended()).toBe('0');
  });
});

function savedAtIn(cache: string): number {
  const [header = '{}'] = readFileSync(cache, 'utf8').split('\n');
  const { about } = JSON.parse(header) as { about: string };
  return Date.parse((JSON.parse(about) as { savedAt: string }).savedAt);
}
