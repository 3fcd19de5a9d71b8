// What the tests of this folder have in common: a server of flags, an application, and a cable between them.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@halyard/testkit';
import type { DrivenProcess } from './driven-process.ts';
import { killAll } from './driven-process.ts';
import { FlagClient } from './flag-client.ts';
import { TwoHosts } from './two-hosts.ts';

/** For the whole exchange of a request, in milliseconds. */
export const TIMEOUT_MS = 2_000;
export const INIT_TIMEOUT_MS = 2_500;
/** How much later than it should something may happen on a busy machine, in milliseconds. */
export const SLACK_MS = 2_000;
/** What is meant to take microseconds: nobody waited for the network. In milliseconds. */
export const AT_ONCE_MS = 5;

const PORTS = { httpPort: 8080, relayPort: 1031 };
const POLL_INTERVAL_MS = 300;

/** What is left open in the settings of the usual providers. */
export interface Variation {
  readonly timeoutMs?: number;
  /** How often the relay is asked for what it may not have pushed. */
  readonly relayPollMs?: number;
  readonly initTimeoutMs?: number;
  /** How long a source may fail. */
  readonly staleAfterMs?: number;
}

export type Usual = 'http' | 'layered' | 'remote';

/** A LocalProvider on a document, one that also has a cache file, and a RemoteProvider. */
export function usualProviders(
  { url, endpoint, cache }: { readonly url: string; readonly endpoint: string; readonly cache: string },
  variation: Variation = {},
): Record<Usual, object> {
  const { timeoutMs = TIMEOUT_MS, relayPollMs: pollIntervalMs = POLL_INTERVAL_MS, staleAfterMs = 1_000 } = variation;
  const { initTimeoutMs = INIT_TIMEOUT_MS } = variation;
  const source = { timeoutMs, pollIntervalMs: POLL_INTERVAL_MS };
  const local = { initTimeoutMs, staleAfterMs };
  const changes = { pollIntervalMs, reconnect: { initialMs: 100, maxMs: 1_000 } };
  return {
    http: { url, source, local },
    layered: { url, source, local, cache },
    remote: { remote: { endpoint, timeoutMs, initTimeoutMs, changes } },
  };
}

let folder: string | undefined;

/** For `afterAll`: nothing is left, whatever happened. */
export function removeScenes(): void {
  killAll();
  TwoHosts.removeAll();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** A file name that nobody else has. */
export function cachePath(name: string): string {
  folder ??= mkdtempSync(join(tmpdir(), 'halyard-networks-'));
  return join(folder, name);
}

/** Waits until the relay pushes changes, and it is known from what on. */
export async function followed(application: FlagClient<Usual>): Promise<void> {
  await application.until('changes are pushed', ({ changes, version }, name) => {
    return name !== 'remote' || (changes === 'websocket' && version !== undefined);
  });
}

/** Two hosts of a test's own. */
export class Scene {
  readonly hosts: TwoHosts;
  readonly cache: string;

  constructor(family?: 'IPv4' | 'IPv6') {
    this.hosts = new TwoHosts(family);
    this.cache = cachePath(this.hosts.server.name);
  }

  /** A server of flags on the one host. */
  async serve(value: string, address: string = this.hosts.server.address): Promise<DrivenProcess> {
    const serving = this.hosts.server.run('flag-server.mjs', { host: address, ...PORTS, value });
    await serving.ready();
    return serving;
  }

  /** An application with the usual providers on the other. */
  start(variation?: Variation, env?: Readonly<Record<string, string>>, name?: string): FlagClient<Usual> {
    const { client, server } = this.hosts;
    const { address } = server;
    const host = name ?? (address.includes(':') ? `[${address}]` : address);
    const [url, endpoint] = [`http://${host}:${PORTS.httpPort}/flags.json`, `http://${host}:${PORTS.relayPort}`];
    const settings = usualProviders({ url, endpoint, cache: this.cache }, variation);
    return new FlagClient(settings, (program, given) => client.run(program, given, env));
  }

  /** An application that has flags, and has saved them. */
  async warm(variation?: Variation): Promise<FlagClient<Usual>> {
    const application = this.start({ initTimeoutMs: 20_000, ...variation });
    await application.untilServed('first');
    await followed(application);
    await eventually('the flags are saved', () => existsSync(this.cache));
    await application.forget();
    return application;
  }
}
