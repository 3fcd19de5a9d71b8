// Flags over networks that are not plain HTTP on 127.0.0.1: TLS with certificates good and bad, IPv6, a proxy.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpSource, LocalProvider } from '@halyard/provider-local';
import { recordingLogger } from '@halyard/testkit';
import { Agent, ProxyAgent } from 'undici';
import { describeWithPrograms, programAt } from '../sources/real-programs.ts';

jest.setTimeout(60_000);

const flags = JSON.stringify({ flag: { variations: { on: true }, defaultRule: { variation: 'on' } } });
const answer = (_request: IncomingMessage, response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(flags);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listening(server: Server, host: string): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** `on`, or why the flags cannot be had. */
async function cameOf(source: ReturnType<typeof httpSource>): Promise<string> {
  const provider = new LocalProvider({ source, logger: recordingLogger(), initTimeoutMs: 20_000 });
  try {
    await provider.initialize();
    return provider.evaluate('flag', false).value ? 'on' : 'off';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await provider.onClose();
  }
}

describeWithPrograms('TLS', { openssl: programAt('openssl') }, () => {
  let folder: string;
  const pathOf = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'halyard-tls-'));
    const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=flags'];
    openssl(...request, '-keyout', 'good.key', '-out', 'good.pem', '-addext', 'subjectAltName=IP:127.0.0.1');
    openssl(...request, '-keyout', 'other.key', '-out', 'other.pem', '-addext', 'subjectAltName=DNS:other.test');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const serve = (name: string): Promise<number> => {
    const certificate = { key: readFileSync(pathOf(`${name}.key`)), cert: readFileSync(pathOf(`${name}.pem`)) };
    return listening(createTlsServer(certificate, answer), '127.0.0.1');
  };
  const trusting = (name: string): Agent => new Agent({ connect: { ca: readFileSync(pathOf(`${name}.pem`)) } });

  test('a certificate that nobody vouches for is refused, with the cause', async () => {
    const port = await serve('good');
    expect(await cameOf(httpSource(`https://127.0.0.1:${port}/flags.json`))).toMatch(/self.signed|SELF_SIGNED/i);
  });

  test('an authority of one’s own is trusted if it is given', async () => {
    const port = await serve('good');
    const dispatcher = trusting('good');
    expect(await cameOf(httpSource(`https://127.0.0.1:${port}/flags.json`, { http: { dispatcher } }))).toBe('on');
    await dispatcher.close();
  });

  test('a certificate for another host is refused, with the cause', async () => {
    const port = await serve('other');
    const dispatcher = trusting('other');
    const why = await cameOf(httpSource(`https://127.0.0.1:${port}/flags.json`, { http: { dispatcher } }));
    expect(why).toMatch(/ALTNAME|does not match/);
    await dispatcher.close();
  });

  test('a server that speaks no TLS is an error, not a wait', async () => {
    const port = await listening(createServer(answer), '127.0.0.1');
    expect(await cameOf(httpSource(`https://127.0.0.1:${port}/flags.json`))).toMatch(/cannot be|SSL|wrong version/i);
  });
});

test('a proxy is used if it is given', async () => {
  const port = await listening(createServer(answer), '127.0.0.1');
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(String(request.url));
    answer(request, response);
  });
  proxy.on('connect', (request, socket) => {
    asked.push(String(request.url));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  const dispatcher = new ProxyAgent(`http://127.0.0.1:${await listening(proxy, '127.0.0.1')}`);
  await cameOf(httpSource(`http://127.0.0.1:${port}/flags.json`, { http: { dispatcher } }));
  expect(asked.length).toBeGreaterThan(0);
  await dispatcher.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
if (hasIpv6) {
  test('a host with IPv6 alone is reached', async () => {
    const port = await listening(createServer(answer), '::1');
    expect(await cameOf(httpSource(`http://[::1]:${port}/flags.json`))).toBe('on');
  });
}
