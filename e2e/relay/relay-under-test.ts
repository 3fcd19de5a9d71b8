// Relays for scenarios: the real relay proxy and the embedded relay, set up alike, on free ports.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Relay } from '@halyard/relay';
import { createRelay } from '@halyard/relay';
import { eventually, recordingLogger } from '@halyard/testkit';
import { freePort, isHealthy } from './relay-address.ts';
import { describeRelayProxy, relayProxyBinary } from './relay-proxy-binary.ts';

/** The states of the threads of a process, as Linux tells them; none elsewhere. */
function statesOf(pid: number | undefined): string[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks).map((task) => /\) (\w)/.exec(readFileSync(`${tasks}/${task}/stat`, 'utf8'))?.[1] ?? '');
}

/** How a relay is set up. */
export interface RelaySetUp {
  /** Texts of flag files by name; `flags.yaml` is served where there are no flag sets. */
  readonly files: Readonly<Record<string, string>>;
  readonly apiKeys?: readonly string[];
  readonly enrichment?: Readonly<Record<string, unknown>>;
  /** Flag sets by name: their key, and their file. */
  readonly flagSets?: Readonly<Record<string, { readonly key: string; readonly file: string }>>;
}

/** A relay that scenarios use and abuse. */
export abstract class RelayUnderTest {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'halyard-relay-'));
  protected readonly setUp: RelaySetUp;
  protected port = 0;

  constructor(setUp: RelaySetUp) {
    this.setUp = setUp;
    for (const [name, text] of Object.entries(setUp.files)) writeFileSync(join(this.folder, name), text);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts, or starts again at the same address. */
  abstract start(): Promise<void>;
  /** Ends it without giving it time for anything. */
  abstract kill(): Promise<void>;

  /** Replaces a flag file as editors do: whole. */
  edit(text: string, file = 'flags.yaml'): void {
    writeFileSync(join(this.folder, `.${file}.new`), text);
    renameSync(join(this.folder, `.${file}.new`), join(this.folder, file));
  }

  /** Events that the relay exported so far, of evaluations or of tracking calls. */
  exported(kind: 'feature' | 'tracking'): Record<string, unknown>[] {
    try {
      const lines = readFileSync(join(this.folder, 'export', `${kind}.json`), 'utf8')
        .trimEnd()
        .split('\n');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((event) => isOf(kind, event));
    } catch {
      return [];
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isOf = (kind: string, event: Record<string, unknown>): boolean =>
  (event['kind'] === 'tracking') === (kind === 'tracking');

/** The real relay proxy, in a process of its own. */
export class RelayProxy extends RelayUnderTest {
  #process: ChildProcess | undefined;

  async start(): Promise<void> {
    this.port ||= await freePort();
    writeFileSync(join(this.folder, 'goff-proxy.yaml'), JSON.stringify(this.#config()));
    const child = spawn(relayProxyBinary as string, ['--config', 'goff-proxy.yaml'], {
      cwd: this.folder,
      stdio: 'ignore',
    });
    this.#process = child;
    await eventually('the relay proxy is healthy', async () => {
      if (child.exitCode !== null) throw new Error(`the relay proxy ended with code ${child.exitCode}`);
      return isHealthy(this.url);
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** A process that is stopped accepts connections and never answers. Not all of its threads stop at once. */
  async freeze(isFrozen: boolean): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
    if (isFrozen)
      await eventually('the process stands still', () => statesOf(child.pid).every((state) => state === 'T'));
  }

  #config(): object {
    const exporter = { kind: 'file', outputDir: './export', flushInterval: 200 };
    const exporters = [
      { ...exporter, filename: 'feature.json' },
      { ...exporter, filename: 'tracking.json', eventType: 'tracking' },
    ];
    const { apiKeys, enrichment, flagSets } = this.setUp;
    const common = { server: { host: '127.0.0.1', port: this.port }, hideBanner: true, pollingInterval: 1_000 };
    const retrieversOf = (file: string): object => ({
      pollingInterval: 1_000,
      retrievers: [{ kind: 'file', path: `./${file}` }],
    });
    if (flagSets !== undefined) {
      const sets = Object.entries(flagSets).map(([name, { key, file }]) => ({
        name,
        apiKeys: [key],
        ...retrieversOf(file),
      }));
      return { ...common, flagsets: sets };
    }
    return {
      ...{ ...common, ...retrieversOf('flags.yaml'), exporters },
      ...(apiKeys !== undefined && { authorizedKeys: { evaluation: apiKeys } }),
      ...(enrichment !== undefined && { evaluationContextEnrichment: enrichment }),
    };
  }
}

/** The embedded relay, in this process. */
export class EmbeddedRelay extends RelayUnderTest {
  #relay: Relay | undefined;

  async start(): Promise<void> {
    const { apiKeys, enrichment, flagSets } = this.setUp;
    const source = (file: string): string => join(this.folder, file);
    const sets = Object.entries(flagSets ?? {}).map(([name, { key, file }]) => ({
      name,
      apiKeys: [key],
      source: source(file),
    }));
    this.#relay = await createRelay({
      ...(flagSets === undefined ? { source: source('flags.yaml') } : { flagSets: sets }),
      ...(apiKeys !== undefined && { apiKeys }),
      ...(enrichment !== undefined && { contextEnrichment: enrichment }),
      ...{ port: this.port, exporter: join(this.folder, 'export', 'events.json'), flushIntervalMs: 100 },
      ...{ shutdownTimeoutMs: 1, logger: recordingLogger() },
    });
    this.port = this.#relay.port;
  }

  async kill(): Promise<void> {
    await this.#relay?.close();
    this.#relay = undefined;
  }

  override exported(kind: 'feature' | 'tracking'): Record<string, unknown>[] {
    try {
      const lines = readFileSync(join(this.folder, 'export', 'events.json'), 'utf8')
        .trimEnd()
        .split('\n');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((event) => isOf(kind, event));
    } catch {
      return [];
    }
  }
}

/** A suite that is run against both relays. */
export function describeBothRelays(name: string, suite: (create: (setUp: RelaySetUp) => RelayUnderTest) => void): void {
  describe(`${name}: the embedded relay`, () => suite((setUp) => new EmbeddedRelay(setUp)));
  describeRelayProxy(`${name}: the relay proxy`, () => suite((setUp) => new RelayProxy(setUp)));
}
