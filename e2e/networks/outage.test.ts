// Networks that fail while applications run.
import { describeWithPrograms } from '../sources/real-programs.ts';
import type { FlagClient, Report } from './flag-client.ts';
import type { Usual } from './scene.ts';
import { AT_ONCE_MS, followed, removeScenes, Scene, SLACK_MS, TIMEOUT_MS } from './scene.ts';
import { networkPrograms } from './two-hosts.ts';

jest.setTimeout(120_000);

const HEALED_WITHIN_MS = 15_000;
const STALE_AFTER_MS = 1_000;
/** The relay pings every second; so long a silence of its connection is a sign, and this long a new one is tried. */
const SILENCE_MS = 11_000;
const TAKEOVER_MS = 4_000;
/** Where packets are lost, for the whole exchange of a request, and for flags to arrive. */
const LOSS_TIMEOUT_MS = 5_000;
const ARRIVED_WITHIN_MS = 20_000;
/** How long a provider that is closed tries to deliver its last events. */
const LAST_EVENTS_MS = 3_000;
/** How long a relay may be away before that is told. */
const LOST_AFTER_MS = 2_000;

const names: readonly Usual[] = ['http', 'layered', 'remote'];

/** What is known is served, and nobody waits. */
function expectKept({ values, errors, medianMs, slowestMs }: Report): void {
  expect({ values: Object.keys(values), errors }).toEqual({ values: ['first'], errors: {} });
  expect(medianMs).toBeLessThan(AT_ONCE_MS);
  expect(slowestMs).toBeLessThan(TIMEOUT_MS / 2);
}

async function untilAllAre(application: FlagClient<Usual>, state: string): Promise<number> {
  const begun = performance.now();
  await application.until(`all are ${state}`, (report) => report.state === state);
  return performance.now() - begun;
}

describeWithPrograms('an outage', networkPrograms, () => {
  afterAll(removeScenes);

  test.concurrent('an established connection that falls silent is noticed, and replaced when it can be', async () => {
    const scene = new Scene();
    const serving = await scene.serve('first');
    const application = await scene.warm({ relayPollMs: 600_000, staleAfterMs: STALE_AFTER_MS });
    // two pings make a rhythm, which silence can break
    await application.until('the relay has pinged', ({ evaluated }) => evaluated > 150);
    scene.hosts.cut();
    const begun = performance.now();
    const local = (report: Report, name: Usual): boolean => name === 'remote' || report.state === 'stale';
    await application.until('the local ones are stale', local);
    expect(performance.now() - begun).toBeLessThan(TIMEOUT_MS + STALE_AFTER_MS + SLACK_MS);
    await untilAllAre(application, 'stale');
    const noticedMs = performance.now() - begun;
    expect(noticedMs).toBeLessThan(SILENCE_MS + TAKEOVER_MS + TIMEOUT_MS + LOST_AFTER_MS + SLACK_MS);
    await serving.tell({ value: 'second' });
    for (const report of Object.values(await application.report())) expectKept(report);
    scene.hosts.mend();
    expect(await untilAllAre(application, 'ready')).toBeLessThan(HEALED_WITHIN_MS);
    await application.untilServed('second');
    for (const { events, log } of Object.values(await application.report())) {
      expect(events).toEqual({ Ready: 2, Stale: 1, ConfigurationChanged: 1 });
      expect(log.length).toBeLessThan(4);
    }
    expect(await application.ended()).toBe('0');
  });

  test.concurrent('who was never asked for waits for a silent relay no longer than for one request', async () => {
    const scene = new Scene();
    await scene.serve('first');
    const application = await scene.warm();
    scene.hosts.cut();
    for (const user of ['ada', 'bob']) {
      const [answer] = await application.ask('remote', [user]);
      expect(answer).toMatchObject({
        value: 'default',
        reason: 'ERROR',
        errorMessage: expect.stringMatching(/2000 ms/),
      });
      expect(answer?.tookMs).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    }
    const stale = await application.until('it is stale', ({ state }, name) => name !== 'remote' || state === 'stale');
    expectKept(stale.remote);
    const begun = performance.now();
    expect(await application.ended()).toBe('0');
    expect(performance.now() - begun).toBeLessThan(LAST_EVENTS_MS + SLACK_MS);
  });

  test.concurrent('a server that accepts and no longer answers is left alone for what is known', async () => {
    const scene = new Scene();
    const serving = await scene.serve('first');
    const application = await scene.warm();
    serving.signal('SIGSTOP');
    await untilAllAre(application, 'stale');
    for (const report of Object.values(await application.report())) {
      expectKept(report);
      expect(report.lastError).toMatch(/did not answer within 2000 ms/);
    }
    serving.signal('SIGCONT');
    expect(await untilAllAre(application, 'ready')).toBeLessThan(HEALED_WITHIN_MS);
    expect(await application.ended()).toBe('0');
  });

  test.concurrent.each([
    ['refused', 'meta l4proto tcp reject with tcp reset', /refused \(ECONNREFUSED\)/],
    ['unreachable', 'reject with icmpx type host-unreachable', /cannot be reached \(EHOSTUNREACH\)/],
  ])('a server that is %s is told of by its cause', async (_, rule, cause) => {
    const scene = new Scene();
    await scene.serve('first');
    const application = await scene.warm();
    scene.hosts.server.treatArrivals(rule);
    await application.until('the cause is known', ({ lastError }) => cause.test(lastError ?? ''));
    await untilAllAre(application, 'stale');
    const stale = await application.report();
    for (const name of names) expectKept(stale[name]);
    scene.hosts.server.recover();
    expect(await untilAllAre(application, 'ready')).toBeLessThan(HEALED_WITHIN_MS);
    const { http, layered, remote } = await application.report();
    for (const { log } of [http, layered, remote]) expect(log.length).toBeLessThan(6);
    expect(await application.ended()).toBe('0');
  });

  test.concurrent('of ten packets to the server three are lost: flags and changes arrive, each once', async () => {
    const scene = new Scene();
    const serving = await scene.serve('first');
    scene.hosts.server.treatArrivals('numgen random mod 10 < 3 drop');
    const application = scene.start({ timeoutMs: LOSS_TIMEOUT_MS, initTimeoutMs: ARRIVED_WITHIN_MS });
    const untilArrived = async (value: string): Promise<void> => {
      const begun = performance.now();
      await application.untilServed(value);
      expect(performance.now() - begun).toBeLessThan(ARRIVED_WITHIN_MS);
    };
    await untilArrived('first');
    await followed(application);
    await serving.tell({ value: 'second' });
    await untilArrived('second');

    const users = Array.from({ length: 20 }, (_, number) => `user-${number}`);
    const answers = await application.ask('remote', users);
    const answered = users.filter((__, index) => answers[index]?.value === 'second');
    expect(answered.length).toBeGreaterThan(users.length / 2);
    for (const { tookMs } of answers) expect(tookMs).toBeLessThan(LOSS_TIMEOUT_MS + SLACK_MS);
    // a question that was lost may have been counted or not, but none was counted twice
    const { evaluations } = await serving.until<{ evaluations: Record<string, number> }>('all is counted', {}, (told) =>
      answered.every((user) => told.evaluations[user] !== undefined),
    );
    for (const user of users) expect([undefined, 1]).toContain(evaluations[user]);
    const { http, layered, remote } = await application.report();
    for (const { events } of [http, layered, remote]) expect(events['ConfigurationChanged']).toBe(1);
    expect(await application.ended()).toBe('0');
  });
});
