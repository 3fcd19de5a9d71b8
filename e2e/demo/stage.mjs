// What the demo shows: a flag file, a relay that serves it, and two providers, one that asks the relay and one that decides.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { LocalProvider } from '@halyard/provider-local';
import { RemoteProvider } from '@halyard/provider-remote';

const relayProcess = fileURLToPath(new URL('relay-process.mjs', import.meta.url));

export class Stage {
  #file;
  #relay;
  #port = 0;
  #remote;
  #local;

  constructor(file) {
    this.#file = file;
  }

  /** The clients of the two providers, as an application has them. */
  clients = { remote: OpenFeature.getClient('remote'), local: OpenFeature.getClient('local') };

  get isRelayUp() {
    return this.#relay !== undefined;
  }

  get states() {
    return { remote: this.#remote.status(), local: this.#local.status() };
  }

  /** The flags there are, as the local provider knows them. */
  get keys() {
    return this.#local.snapshot().keys();
  }

  /** The kind of a flag's value, as `typeof` has it. */
  kindOf(key, user) {
    return typeof this.#local.evaluate(key, null, user).value;
  }

  async open(logger) {
    await this.startRelay();
    const endpoint = `http://127.0.0.1:${this.#port}`;
    const reconnect = { initialMs: 250, maxMs: 1_000 };
    this.#remote = new RemoteProvider({ endpoint, cache: { ttlMs: 500 }, changes: { reconnect }, logger });
    this.#local = new LocalProvider({ source: this.#file, logger });
    await OpenFeature.setProviderAndWait('remote', this.#remote);
    await OpenFeature.setProviderAndWait('local', this.#local);
    await this.until(() => this.states.remote.changes === 'websocket');
  }

  async startRelay() {
    const relay = fork(relayProcess, [this.#file, String(this.#port)]);
    const [{ port }] = await once(relay, 'message');
    this.#relay = relay;
    this.#port = port;
  }

  async killRelay() {
    const gone = once(this.#relay, 'exit');
    this.#relay.kill('SIGKILL');
    this.#relay = undefined;
    await gone;
  }

  /** Calls back whenever a provider tells that flags changed. */
  onChange(callback) {
    for (const [name, client] of Object.entries(this.clients)) {
      client.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged = [] } = {}) =>
        callback(name, flagsChanged),
      );
    }
  }

  /** Waits for a condition; fails if it never comes. */
  async until(isSo) {
    const end = performance.now() + 30_000;
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error('the demo waited for something that did not come');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close() {
    await OpenFeature.close();
    if (this.#relay !== undefined) await this.killRelay();
  }
}
