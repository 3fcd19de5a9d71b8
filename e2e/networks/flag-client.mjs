// An application with one provider or several, which evaluates a flag all the time until its standard input ends:
//   node flag-client.mjs '{ "<name>": { "remote": <options> } | { "url": …, "source"?: …, "cache"?: …, "local"?: … } }'
// Takes commands as lines of JSON and answers each with a line: { "report": true } tells how everybody is doing, and what
// came of the evaluations since { "forget": true }; { "ask": <name>, "users": […] } evaluates once for each of them.
import { createInterface } from 'node:readline';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { httpSource, layered, LocalProvider } from '@halyard/provider-local';
import { RemoteProvider } from '@halyard/provider-remote';

const PERIOD_MS = 20;
const MOST_LATENCIES = 1_000;

const newCounts = () => ({ evaluated: 0, values: {}, reasons: {}, errors: {}, slowestMs: 0 });

function providerOf({ remote, url, source, cache, local }, logger) {
  if (remote !== undefined) return new RemoteProvider({ ...remote, logger });
  const http = httpSource(url, source);
  return new LocalProvider({ ...local, source: cache === undefined ? http : layered([http], { cache }), logger });
}

class Follower {
  #name;
  #provider;
  #client;
  #counts = newCounts();
  #latencies = [];
  #events = {};
  #log = [];
  #start;

  constructor(name, settings) {
    const note = (text) => void this.#log.push(String(text));
    this.#name = name;
    this.#provider = providerOf(settings, { error: note, warn: note, info() {}, debug() {} });
    this.#client = OpenFeature.getClient(name);
    for (const [event, type] of Object.entries(ProviderEvents)) {
      // before a provider is set, another one stands in
      const count = ({ providerName }) => {
        if (providerName === this.#provider.metadata.name) this.#events[event] = (this.#events[event] ?? 0) + 1;
      };
      this.#client.addHandler(type, count);
    }
  }

  async start() {
    const begun = performance.now();
    const failure = await OpenFeature.setProviderAndWait(this.#name, this.#provider).catch((error) => error);
    this.#start = { tookMs: performance.now() - begun, ...(failure && { error: failure.message }) };
  }

  async ask(user) {
    const begun = performance.now();
    const details = await this.#client.getStringDetails('flag', 'default', { targetingKey: user });
    return { ...details, tookMs: performance.now() - begun };
  }

  async evaluate() {
    const { value, reason, errorCode, errorMessage, tookMs } = await this.ask('always the same');
    const counts = this.#counts;
    counts.evaluated++;
    counts.values[value] = (counts.values[value] ?? 0) + 1;
    counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    if (errorCode !== undefined) counts.errors[errorCode] = errorMessage;
    counts.slowestMs = Math.max(counts.slowestMs, tookMs);
    if (this.#latencies.push(tookMs) > MOST_LATENCIES) this.#latencies.shift();
  }

  forget() {
    this.#counts = newCounts();
    this.#latencies = [];
  }

  report() {
    const { state, ageMs, version, changes, lastError } = this.#provider.status();
    const sorted = this.#latencies.toSorted((left, right) => left - right);
    return {
      ...{ start: this.#start, state, ageMs, version, changes, lastError: lastError?.message },
      ...{ ...this.#counts, medianMs: sorted[Math.floor(sorted.length / 2)], events: this.#events, log: this.#log },
    };
  }
}

const settings = JSON.parse(process.argv[2]);
const followers = Object.fromEntries(Object.keys(settings).map((name) => [name, new Follower(name, settings[name])]));
const all = Object.entries(followers);
for (const [, follower] of all) void follower.start();
const traffic = setInterval(() => all.forEach(([, follower]) => void follower.evaluate()), PERIOD_MS);

async function obey({ ask, users, forget }) {
  if (ask !== undefined) return Promise.all(users.map((user) => followers[ask].ask(user)));
  if (forget === true) for (const [, follower] of all) follower.forget();
  return Object.fromEntries(all.map(([name, follower]) => [name, follower.report()]));
}

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
tell({});
for await (const line of createInterface({ input: process.stdin })) tell(await obey(JSON.parse(line)));
clearInterval(traffic);
await OpenFeature.close();
