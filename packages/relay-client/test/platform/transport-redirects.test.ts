import { httpServer } from '@halyard/testkit/loopback-server';
import { flagIsOn, json } from '../relay-answers.ts';
import { benchedClient, cameOf } from './client-bench.ts';
import { transportKinds } from './transport-kinds.ts';

const context = { targetingKey: 'canary-user' };

describe.each(Object.keys(transportKinds))('%s', (kind) => {
  test.each([301, 302, 307, 308])(
    'a redirect (%i) to another origin is refused; the key stays here',
    async (status) => {
      const elsewhere = await httpServer(json(flagIsOn));
      const server = await httpServer(json(undefined, status, { location: `${elsewhere.url}/v1/x?apiKey=canary` }));
      const { client } = benchedClient(kind, server.url, { apiKey: 'canary-key' });
      const outcome = await cameOf(client.evaluate('f', context));
      expect(outcome).toContain(
        `RESPONSE_INVALID: the relay at ${server.url} redirects to ${elsewhere.url} (${status})`,
      );
      expect(outcome).not.toContain('canary');
      expect(elsewhere.connections).toBe(0);
    },
  );

  test.each([301, 302, 307, 308])(
    'a redirect (%i) within the origin is followed, as the same request',
    async (status) => {
      const server = await httpServer((response, { url }) => {
        if (url.startsWith('/moved')) return json(flagIsOn)(response);
        return json(undefined, status, { location: `/moved${url}` })(response);
      });
      const { client } = benchedClient(kind, server.url, { apiKey: 'the-key' });
      expect(await cameOf(client.evaluate('a b', context))).toBe(true);
      const [first, second] = server.requests;
      expect(second).toMatchObject({ method: 'POST', url: '/moved/v1/feature/a%20b/eval', body: first?.body });
      expect(second?.headers.authorization).toBe('Bearer the-key');
    },
  );

  test('a circle of redirects comes to an end', async () => {
    const server = await httpServer(json(undefined, 307, { location: '/again' }));
    const outcome = await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}));
    expect(outcome).toBe(`RESPONSE_INVALID: the relay at ${server.url} redirects in circles`);
    expect(server.requests).toHaveLength(4);
  });

  test.each(['http://', 'http://user:canary@HOST/', 'https://HOST/', 'file:///etc/passwd'])(
    'a redirect to %s is refused',
    async (location) => {
      const server = await httpServer((response, { headers }) => {
        const target = location.replace('HOST', headers.host ?? '');
        json(undefined, 307, { location: target })(response);
      });
      const outcome = await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}));
      expect(outcome).toMatch(/^RESPONSE_INVALID: .* redirects to .*set the option endpoint/);
      expect(outcome).not.toContain('canary');
      expect(server.requests).toHaveLength(1);
    },
  );

  test('a redirect without an address is no answer', async () => {
    const server = await httpServer(json(undefined, 302));
    expect(await cameOf(benchedClient(kind, server.url).client.evaluate('f', {}))).toMatch(
      /^RESPONSE_INVALID: .* 302$/,
    );
  });
});
