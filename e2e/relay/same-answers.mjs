// Compares the embedded relay with GO Feature Flag's relay proxy on random flag files and contexts, byte by byte:
//   HALYARD_RELAY_PROXY=<program> node e2e/relay/same-answers.mjs [seed] [rounds]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRelay } from '@halyard/relay';
import { Choices } from '../oracle/random.mjs';
import { randomContext, randomEnrichment, randomFlag } from '../oracle/random-flags.mjs';

const program = process.env.HALYARD_RELAY_PROXY;
const [seed = 1, rounds = 3] = process.argv.slice(2).map(Number);
const FLAGS_A_FILE = 400;
const MOST_SHOWN = 10;

const rulesOf = ({ targeting = [], defaultRule }) => [...targeting, ...(defaultRule ? [defaultRule] : [])];
const isComplete = ({ progressiveRollout: rollout }) =>
  rollout === undefined || Boolean(rollout.initial?.variation && rollout.end?.variation);

/** Left out: what kills the relay proxy, and what makes its answers depend on earlier ones. */
function isHarmless(flag) {
  const steps = flag.scheduledRollout ?? [];
  if (![flag, ...steps].flatMap(rulesOf).every(isComplete)) return false;
  if (steps.some((step) => rulesOf(step).some(({ progressiveRollout }) => progressiveRollout))) return false;
  return steps.filter(({ targeting }) => targeting?.length > 0).length < 2;
}

function randomFile(choose) {
  const flags = {};
  for (let index = 0; index < FLAGS_A_FILE; index++) {
    const flag = randomFlag(choose);
    if (isHarmless(flag)) flags[`${choose.of(['f', 'clé', 'my flag', 'a+b'])}-${index}`] = flag;
  }
  return flags;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function startProxy(folder, enrichment) {
  const port = await freePort();
  const config = {
    server: { host: '127.0.0.1', port },
    hideBanner: true,
    pollingInterval: 60_000,
    fileFormat: 'json',
    retrievers: [{ kind: 'file', path: './flags.json' }],
    evaluationContextEnrichment: enrichment,
  };
  writeFileSync(path.join(folder, 'config.yaml'), JSON.stringify(config));
  const child = spawn(program, ['--config=config.yaml'], { cwd: folder, stdio: 'ignore' });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the relay proxy ended with code ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return { port, stop: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const pathOf = (key) => encodeURIComponent(key).replace(/%2B/g, '+');

/** Single evaluations by OFREP come last: they leave marks in the relay proxy's definitions. */
function* requestsFor(keys, choose) {
  yield { target: '/v1/flag/configuration', body: {} };
  yield { target: '/v1/flag/change' };
  const asGoff = ({ targetingKey, ...custom }) => ({
    key: typeof targetingKey === 'string' ? targetingKey : '',
    custom,
  });
  for (const key of keys) {
    const evaluationContext = asGoff(randomContext(choose));
    yield {
      target: `/v1/feature/${pathOf(key)}/eval`,
      body: { evaluationContext, defaultValue: choose.of([null, 'd', {}]) },
    };
  }
  for (let asked = 0; asked < 20; asked++) {
    const context = randomContext(choose);
    yield { target: '/v1/allflags', body: { evaluationContext: asGoff(context) } };
    yield { target: '/ofrep/v1/evaluate/flags', body: { context } };
  }
  for (const key of keys) {
    yield { target: `/ofrep/v1/evaluate/flags/${pathOf(key)}`, body: { context: randomContext(choose) } };
  }
}

async function ask(port, { target, body }) {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`http://127.0.0.1:${port}${target}`, init);
  const text = await answer.text();
  return `${answer.status} ${answer.headers.get('etag')} ${text.replace(/"timestamp":\d+/g, '"timestamp":0')}`;
}

/** Entries of a bulk answer that differ, or both answers if it is none. */
function shortened(theirs, ours) {
  const parts = (text) => new Set(text.split(/(?<=\}),(?=["{])/));
  const [left, right] = [parts(theirs), parts(ours)];
  const only = (one, other) => [...one].filter((part) => !other.has(part)).slice(0, 3);
  return `  theirs ${only(left, right).join('\n         ')}\n  ours   ${only(right, left).join('\n         ')}`;
}

async function round(number) {
  const choose = new Choices(number);
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-same-'));
  const flags = randomFile(choose);
  // in bulk evaluation an enriched time reaches the schedules of all flags but the first, whichever that is
  const { gofeatureflag: _time, ...contextEnrichment } = randomEnrichment(choose) ?? {};
  writeFileSync(path.join(folder, 'flags.json'), JSON.stringify(flags));
  const quiet = { error: console.error, warn() {}, info() {}, debug() {} };
  const proxy = await startProxy(folder, contextEnrichment);
  const relay = await createRelay({
    port: 0,
    source: path.join(folder, 'flags.json'),
    logger: quiet,
    contextEnrichment,
  });
  const found = [];
  let asked = 0;
  for (const request of requestsFor(Object.keys(flags), choose)) {
    const [theirs, ours] = await Promise.all([ask(proxy.port, request), ask(relay.port, request)]);
    asked++;
    if (theirs === ours) continue;
    const key = decodeURIComponent(
      /flags\/(.+)$|feature\/(.+)\/eval$/.exec(request.target)?.slice(1).find(Boolean) ?? '',
    );
    found.push(
      `${request.target} ${JSON.stringify(request.body)}\n${shortened(theirs, ours)}\n  ${JSON.stringify(flags[key])}`,
    );
  }
  await relay.close();
  proxy.stop();
  rmSync(folder, { recursive: true, force: true });
  return { asked, found, contextEnrichment };
}

let different = 0;
for (let index = 0; index < rounds; index++) {
  const { asked, found, contextEnrichment } = await round(seed + index);
  different += found.length;
  console.log(`seed ${seed + index}: ${asked} requests, ${found.length} answers differ`, contextEnrichment);
  for (const text of found.slice(0, MOST_SHOWN)) console.log(text);
}
if (different > 0) process.exitCode = 1;
