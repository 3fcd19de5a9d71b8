// Applications that start while their flags cannot be had, and go on when they can.
import { describeWithPrograms } from '../sources/real-programs.ts';
import type { DrivenProcess } from './driven-process.ts';
import type { FlagClient, Report } from './flag-client.ts';
import type { Usual } from './scene.ts';
import { AT_ONCE_MS, followed, INIT_TIMEOUT_MS, removeScenes, Scene, SLACK_MS, TIMEOUT_MS } from './scene.ts';
import { networkPrograms } from './two-hosts.ts';

jest.setTimeout(120_000);

const HEALED_WITHIN_MS = 15_000;

/** Nothing was there: the start has said so in time, and each evaluation says so too. */
function expectNothing({ start, state, values, reasons, errors, medianMs, log }: Report, cause: RegExp): void {
  expect(start?.error).toMatch(cause);
  expect(start?.tookMs).toBeLessThan(INIT_TIMEOUT_MS + SLACK_MS);
  expect({ state, values: Object.keys(values), reasons: Object.keys(reasons) }).toEqual({
    ...{ state: 'failed', values: ['default'], reasons: ['ERROR'] },
  });
  for (const message of Object.values(errors)) expect(message).toMatch(/\w+ \w+/);
  expect(medianMs).toBeLessThan(TIMEOUT_MS + SLACK_MS);
  expect(log.length).toBeLessThan(4);
}

/** Saved flags serve from the start, which did not take long, and nobody waits. */
function expectSaved({ start, state, values, slowestMs, medianMs, events }: Report): void {
  expect(start).toEqual({ tookMs: expect.any(Number) });
  expect(start?.tookMs).toBeLessThan(INIT_TIMEOUT_MS + SLACK_MS);
  expect({ state, values: Object.keys(values), events }).toEqual({
    ...{ state: 'stale', values: ['first'], events: { Ready: 1, Stale: 1 } },
  });
  expect(medianMs).toBeLessThan(AT_ONCE_MS);
  expect(slowestMs).toBeLessThan(TIMEOUT_MS / 2);
}

/** Waits until everybody's start is over, and some evaluations after it. */
async function afterTheStart(application: FlagClient<Usual>): Promise<Readonly<Record<Usual, Report>>> {
  await application.until('the start is over', ({ start }) => start !== undefined);
  await application.until('saved flags are stale', ({ state }) => state === 'failed' || state === 'stale');
  await application.forget();
  return application.until('it evaluates', ({ evaluated }) => evaluated > 20);
}

/** Everybody is READY by themselves, and each change is told once. */
async function expectHealed(application: FlagClient<Usual>, serving: DrivenProcess): Promise<void> {
  const healedAt = performance.now();
  await application.until('all are ready', ({ state }) => state === 'ready');
  expect(performance.now() - healedAt).toBeLessThan(HEALED_WITHIN_MS);
  await application.untilServed('first');
  await followed(application);
  await application.forget();
  await serving.tell({ value: 'second' });
  await application.untilServed('second');
}

describeWithPrograms('a start without the server of the flags', networkPrograms, () => {
  afterAll(removeScenes);

  test.concurrent('nobody is there: defaults, and flags when somebody comes', async () => {
    const scene = new Scene();
    const application = scene.start();
    const { http, layered, remote } = await afterTheStart(application);
    for (const report of [http, layered, remote]) {
      expectNothing(report, /refused \(ECONNREFUSED\)/);
      expect(report.slowestMs).toBeLessThan(TIMEOUT_MS / 2);
    }
    await expectHealed(application, await scene.serve('first'));
    for (const { events } of Object.values(await application.report())) {
      expect(events).toEqual({ Error: 1, Ready: 1, ConfigurationChanged: 1 });
    }
    expect(await application.ended()).toBe('0');
  });

  test.concurrent.each(['disappears', 'is accepted and never answered'])('what is sent %s', async (fate) => {
    const scene = new Scene();
    const serving = await scene.serve('first');
    expect(await (await scene.warm()).ended()).toBe('0');
    if (fate === 'disappears') scene.hosts.server.treatArrivals('drop');
    else serving.signal('SIGSTOP');
    const application = scene.start();
    const { http, layered, remote } = await afterTheStart(application);
    expectNothing(http, /did not answer within 2000 ms/);
    expect(http.slowestMs).toBeLessThan(TIMEOUT_MS / 2);
    expectSaved(layered);
    expectNothing(remote, /did not answer within 2000 ms/);
    expect(remote.slowestMs).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    if (fate === 'disappears') scene.hosts.server.recover();
    else serving.signal('SIGCONT');
    await expectHealed(application, serving);
    const healed = await application.report();
    expect(healed.http.events).toEqual({ Error: 1, Ready: 1, ConfigurationChanged: 1 });
    expect(healed.layered.events).toEqual({ Ready: 2, Stale: 1, ConfigurationChanged: 1 });
    expect(healed.remote.events).toEqual({ Error: 1, Ready: 1, ConfigurationChanged: 1 });
    expect(await application.ended()).toBe('0');
  });
});
