// Hosts by name and by address: names that cannot be looked up, are not known, or come to stand for another host; and
// networks that know no IPv4.
import { describeWithPrograms } from '../sources/real-programs.ts';
import { AT_ONCE_MS, followed, removeScenes, Scene, TIMEOUT_MS } from './scene.ts';
import { networkPrograms } from './two-hosts.ts';

jest.setTimeout(120_000);

const NAME = 'flags.test';
const HEALED_WITHIN_MS = 15_000;
/** A proxy that is not there. */
const NOWHERE = 'http://[fd77::99]:3128';
const proxyVariables = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [
    [name, NOWHERE],
    [name.toUpperCase(), NOWHERE],
  ]),
);

async function took(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
}

describeWithPrograms('a host', networkPrograms, () => {
  afterAll(removeScenes);

  test.concurrent(
    'without a name server, without the name, and with one that comes to stand for another host',
    async () => {
      const scene = new Scene();
      const { server, client } = scene.hosts;
      const [address = '', other = ''] = server.addresses;
      client.lookUpAt(address);
      const serving = await scene.serve('first', address);
      await scene.serve('second', other);
      const application = scene.start({ staleAfterMs: 0 }, {}, NAME);
      const untilCause = (cause: RegExp): Promise<unknown> =>
        application.until(String(cause), ({ lastError }) => cause.test(lastError ?? ''));

      await untilCause(/the host name could not be looked up \(EAI_AGAIN\)/);
      const names = server.run('name-server.mjs', { host: address });
      await untilCause(/there is no such host \(ENOTFOUND\)/);
      for (const { state, values } of Object.values(await application.report())) {
        expect({ state, values: Object.keys(values) }).toEqual({ state: 'failed', values: ['default'] });
      }

      await names.tell({ address });
      expect(await took(application.untilServed('first'))).toBeLessThan(HEALED_WITHIN_MS);
      await followed(application);
      await application.forget();
      await names.tell({ address: other });
      await serving.killed();
      expect(await took(application.untilServed('second'))).toBeLessThan(HEALED_WITHIN_MS);
      await application.until('all are ready', ({ state }) => state === 'ready');
      for (const { values, medianMs, slowestMs, log } of Object.values(await application.report())) {
        expect(Object.keys(values)).toEqual(['first', 'second']);
        expect(medianMs).toBeLessThan(AT_ONCE_MS);
        expect(slowestMs).toBeLessThan(TIMEOUT_MS / 2);
        expect(log.length).toBeLessThan(6);
      }
      expect(await application.ended()).toBe('0');
    },
  );

  test.concurrent.each([
    ['by address', undefined, {}],
    ['by name, whatever variables say of proxies', NAME, proxyVariables],
  ])('where there is IPv6 alone, flags and changes arrive %s', async (_, name, env) => {
    const scene = new Scene('IPv6');
    const { server, client } = scene.hosts;
    const { address } = server;
    client.lookUpAt(address);
    await server.run('name-server.mjs', { host: address }).tell({ address });
    const serving = await scene.serve('first');
    const application = scene.start({ timeoutMs: 10_000, initTimeoutMs: 20_000 }, env, name);
    await application.untilServed('first');
    await followed(application);
    await serving.tell({ value: 'second' });
    await application.untilServed('second');
    for (const { state, log } of Object.values(await application.report())) {
      expect({ state, log }).toEqual({ state: 'ready', log: [] });
    }
    expect(await application.ended()).toBe('0');
  });
});
