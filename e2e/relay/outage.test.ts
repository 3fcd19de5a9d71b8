// A relay that is killed and started again under traffic. The application is a process of its own, which an unhandled
// rejection would end.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from '@halyard/testkit';
import type { RelayUnderTest } from './relay-under-test.ts';
import { describeBothRelays } from './relay-under-test.ts';
import { editedText, flagsText } from './scenario-flags.ts';

jest.setTimeout(180_000);

interface Report {
  readonly evaluated: number;
  readonly exceptions: number;
  readonly slowestMs: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly state: string;
  readonly warnings: number;
}

const sum = (
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Record<string, number> => {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, (left[name] ?? 0) + (right[name] ?? 0)]));
};

/** An application under traffic. */
class Application {
  readonly #child: ChildProcess;
  readonly ended: Promise<unknown[]>;

  constructor(endpoint: string) {
    this.#child = fork(path.join(__dirname, 'traffic.mjs'), [endpoint], {
      execArgv: ['--unhandled-rejections=strict'],
    });
    this.ended = once(this.#child, 'exit');
  }

  async ready(): Promise<void> {
    await once(this.#child, 'message');
  }

  /** What happened since the last report. */
  async report(): Promise<Report> {
    const answer = once(this.#child, 'message');
    this.#child.send('report');
    return ((await answer) as [Report])[0];
  }

  /** Gathers reports until they are as they should be. */
  async until(what: string, isSo: (gathered: Report, last: Report) => boolean): Promise<Report> {
    let gathered = await this.report();
    await eventually(what, async () => {
      const last = await this.report();
      gathered = {
        ...last,
        evaluated: gathered.evaluated + last.evaluated,
        exceptions: gathered.exceptions + last.exceptions,
        slowestMs: Math.max(gathered.slowestMs, last.slowestMs),
        reasons: sum(gathered.reasons, last.reasons),
        values: sum(gathered.values, last.values),
        errors: sum(gathered.errors, last.errors),
      };
      return isSo(gathered, last);
    });
    return gathered;
  }

  stop(): void {
    this.#child.send('stop');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

describeBothRelays('outage', (create) => {
  let relay: RelayUnderTest;
  let application: Application;

  beforeEach(async () => {
    relay = create({ files: { 'flags.yaml': flagsText } });
    await relay.start();
    application = new Application(relay.url);
    await application.ready();
  });

  afterEach(async () => {
    application.kill();
    await relay.remove();
  });

  test('no evaluation fails, kept answers are served, and the new flags arrive by themselves', async () => {
    const before = await application.until('traffic flows', ({ evaluated }) => evaluated > 2_000);
    expect(before).toMatchObject({ exceptions: 0, errors: {}, state: 'ready' });
    await relay.kill();
    await application.report();
    const during = await application.until('the outage is noticed', ({ reasons }, { state, evaluated }) => {
      return state === 'stale' && evaluated > 0 && (reasons['STALE'] ?? 0) > 5_000;
    });
    expect(during).toMatchObject({ exceptions: 0, errors: {}, values: { false: during.evaluated } });
    expect(Object.keys(during.reasons).sort()).toEqual(['CACHED', 'STALE']);
    relay.edit(editedText);
    await relay.start();
    const after = await application.until('the new flags are served', (_, { state, values }) => {
      return state === 'ready' && values['true'] !== undefined && values['false'] === undefined;
    });
    expect(after).toMatchObject({ exceptions: 0, errors: {} });
    expect(after.warnings).toBeLessThan(10);
    application.stop();
    expect(await application.ended).toEqual([0, null]);
  });
});
