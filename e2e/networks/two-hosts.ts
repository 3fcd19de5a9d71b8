// Two hosts with a cable between them: network namespaces without a way out, so that nothing can leave them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programAt } from '../sources/real-programs.ts';
import type { RunOptions } from './driven-process.ts';
import { DrivenProcess } from './driven-process.ts';

/** What there must be for {@link TwoHosts}. */
export const networkPrograms: Readonly<Record<string, string | undefined>> = {
  ip: programAt('ip'),
  nft: programAt('nft'),
  'root and network namespaces': canMakeNamespaces() ? 'yes' : undefined,
};

const NAMESPACES = '/run/netns';
/** Files in here stand in for those of /etc within the namespace. */
const SETTINGS = '/etc/netns';
const PREFIX = 'halyard-';

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

/** Not everybody who is root may. */
function canMakeNamespaces(): boolean {
  const name = `halyard-${process.pid}-trial`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return true;
  } catch {
    return false;
  }
}

/** One of two hosts. */
export class Host {
  readonly name: string;
  /** Its addresses; the first is the one that counts. */
  readonly addresses: readonly string[];

  constructor(name: string, addresses: readonly string[]) {
    this.name = name;
    this.addresses = addresses;
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    // by default only a few refusals a second are told of, and what is more disappears
    ip('netns', 'exec', name, 'sh', '-c', 'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit');
  }

  get address(): string {
    return this.addresses[0] as string;
  }

  /** Its end of the cable is there. */
  connect(): void {
    for (const address of this.addresses) {
      const isIpv6 = address.includes(':');
      ip(
        '-n',
        this.name,
        'addr',
        'add',
        `${address}/${isIpv6 ? 64 : 24}`,
        'dev',
        'cable',
        ...(isIpv6 ? ['nodad'] : []),
      );
    }
    ip('-n', this.name, 'link', 'set', 'cable', 'up');
  }

  /** Runs a program of this folder on the host. */
  run(program: string, settings: object, env: RunOptions['env'] = {}): DrivenProcess {
    return new DrivenProcess(program, settings, { within: ['ip', 'netns', 'exec', this.name], env });
  }

  /** What happens from now on to all that arrives, as nftables say it: `drop`, `reject with tcp reset`. */
  treatArrivals(rule: string): void {
    this.recover();
    this.#nft(`add table inet fault
add chain inet fault arriving { type filter hook input priority 0; policy accept; }
add rule inet fault arriving ${rule}
`);
  }

  /** Whatever arrives is let in again. */
  recover(): void {
    this.#nft('add table inet fault\ndelete table inet fault\n');
  }

  /** Has names looked up at this address only, in processes that are run from now on. */
  lookUpAt(address: string): void {
    mkdirSync(join(SETTINGS, this.name), { recursive: true });
    writeFileSync(join(SETTINGS, this.name, 'resolv.conf'), `nameserver ${address}\noptions timeout:2 attempts:3\n`);
  }

  remove(): void {
    removeNamespace(this.name);
  }

  #nft(input: string): void {
    execFileSync('ip', ['netns', 'exec', this.name, 'nft', '-f', '-'], { input, stdio: 'pipe' });
  }
}

/** A host that serves and one that asks, with nothing but a cable between them. */
export class TwoHosts {
  readonly server: Host;
  readonly client: Host;
  static readonly #all = new Set<TwoHosts>();
  static #made = 0;

  constructor(family: 'IPv4' | 'IPv6' = 'IPv4') {
    removeLeftovers();
    const name = `${PREFIX}${process.pid}-${TwoHosts.#made++}`;
    const address = (host: number): string => (family === 'IPv4' ? `10.77.0.${host}` : `fd77::${host}`);
    TwoHosts.#all.add(this);
    this.client = new Host(`${name}-client`, [address(1)]);
    this.server = new Host(`${name}-server`, [address(2), address(3)]);
    const { client, server } = this;
    // both ends are made in their places: none is ever to be seen on the machine's own network
    ip(
      ...['link', 'add', 'cable', 'netns', client.name, 'type', 'veth', 'peer', 'name', 'cable', 'netns', server.name],
    );
    client.connect();
    server.connect();
  }

  /** Nothing arrives any more, here or there, until {@link mend}. */
  cut(): void {
    for (const host of [this.client, this.server]) host.treatArrivals('drop');
  }

  mend(): void {
    for (const host of [this.client, this.server]) host.recover();
  }

  /** For `afterAll`, after the processes. */
  static removeAll(): void {
    for (const { client, server } of TwoHosts.#all) for (const host of [client, server]) host?.remove();
    TwoHosts.#all.clear();
  }
}

/** Those of runs that were killed. */
function removeLeftovers(): void {
  if (!existsSync(NAMESPACES)) return;
  for (const name of readdirSync(NAMESPACES).filter((other) => other.startsWith(PREFIX))) {
    if (!existsSync(`/proc/${name.slice(PREFIX.length).split('-')[0]}`)) removeNamespace(name);
  }
}

function removeNamespace(name: string): void {
  if (existsSync(join(NAMESPACES, name))) ip('netns', 'del', name);
  rmSync(join(SETTINGS, name), { recursive: true, force: true });
}
