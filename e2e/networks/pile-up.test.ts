// More requests than can be connected for, while nothing arrives.
import { execFileSync } from 'node:child_process';
import { describeWithPrograms } from '../sources/real-programs.ts';
import { removeScenes, Scene, SLACK_MS } from './scene.ts';
import type { Host } from './two-hosts.ts';
import { networkPrograms } from './two-hosts.ts';

jest.setTimeout(120_000);

const REQUESTS_AT_A_TIME = 2_000;
/** Three times the limit of an exchange is more than an attempt to connect may take. */
const ROUNDS = 3;
/** Of a RemoteProvider; more sockets are those of the sources that poll, and of streams of changes. */
const CONNECTIONS = 64;
const OTHERS = 8;
/** How long a provider that is closed tries to deliver its last events. */
const LAST_EVENTS_MS = 3_000;

/** How many sockets of a host wait for an answer to their first packet. */
function connecting({ name }: Host): number {
  const table = execFileSync('ip', ['netns', 'exec', name, 'cat', '/proc/net/tcp'], { encoding: 'utf8' });
  return table.split('\n').filter((line) => line.trim().split(/\s+/)[3] === '02').length;
}

describeWithPrograms('a pile of requests', networkPrograms, () => {
  afterAll(removeScenes);

  test.concurrent('attempts to connect do not pile up, and hold no process that has closed its providers', async () => {
    const scene = new Scene();
    await scene.serve('first');
    const application = await scene.warm({ timeoutMs: 2_000 });
    scene.hosts.cut();
    const counts: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await application.ask(
        'remote',
        Array.from({ length: REQUESTS_AT_A_TIME }, (_, user) => `${round}-${user}`),
      );
      counts.push(connecting(scene.hosts.client));
    }
    // for the first while, those that were connected still wait for answers
    expect(Math.max(...counts)).toBeGreaterThan(CONNECTIONS / 2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(CONNECTIONS + OTHERS);
    const begun = performance.now();
    expect(await application.ended()).toBe('0');
    expect(performance.now() - begun).toBeLessThan(LAST_EVENTS_MS + SLACK_MS);
  });
});
