// Ways to send a small request from Node, measured against a server in another process: requests a second and CPU a
// request, with one caller and with 32. Each measurement has a process of its own; the ways take turns.
//   npm run build && node e2e/bench/transports.mjs [rounds]
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './timing.mjs';

const CALLERS = [1, 32];
const WARM_UP_MS = 700;
const MEASURED_MS = 1_000;

const path = '/v1/feature/my-flag/eval';
const body = JSON.stringify({ evaluationContext: { key: 'user-1', custom: { plan: 'pro' } }, defaultValue: null });
const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity', authorization: 'Bearer key' };
const answer = JSON.stringify({
  trackEvents: true,
  variationType: 'on',
  failed: false,
  version: '',
  reason: 'STATIC',
  errorCode: '',
  value: true,
  cacheable: true,
});

/** Each makes a function that sends one request and reads its answer to the end. */
const ways = {
  'undici pool, request()': async (origin) => {
    const { Pool } = await import('undici');
    const pool = new Pool(origin);
    return async () => (await pool.request({ path, method: 'POST', headers, body })).body.text();
  },
  'node:http, kept alive': async (origin) => {
    const agent = new http.Agent({ keepAlive: true });
    const options = { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    return () =>
      new Promise((resolve, reject) => {
        const request = http.request(origin + path, options, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
          response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        });
        request.on('error', reject).end(body);
      });
  },
  'built-in fetch': async (origin) => async () =>
    (await fetch(origin + path, { method: 'POST', headers, body })).text(),
  'Halyard, transport': async (origin) => {
    const { nodeTransport } = await import('@halyard/relay-client/server');
    const transport = nodeTransport();
    return () => transport({ method: 'POST', url: origin + path, headers, body }, new AbortController().signal);
  },
  'Halyard, evaluate()': async (origin) => {
    const { nodeRelayClient } = await import('@halyard/relay-client/server');
    const client = nodeRelayClient({ endpoint: origin, apiKey: 'key' });
    const context = { targetingKey: 'user-1', plan: 'pro' };
    return () => client.evaluate('my-flag', context);
  },
};

async function serve() {
  const server = http.createServer((request, response) => {
    const head = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) };
    request.resume().on('end', () => response.writeHead(200, head).end(answer));
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

async function measure(way, origin, callers) {
  const send = await ways[way](origin);
  const sendFor = async (ms) => {
    const end = performance.now() + ms;
    let sent = 0;
    const caller = async () => {
      for (; performance.now() < end; sent++) await send();
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return sent;
  };
  await sendFor(WARM_UP_MS);
  const [cpuBefore, start] = [process.cpuUsage(), performance.now()];
  const sent = await sendFor(MEASURED_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  const perSecond = (sent / (performance.now() - start)) * 1_000;
  console.log(JSON.stringify({ perSecond, cpuMicros: (user + system) / sent }));
  process.exit(0);
}

async function compare(rounds) {
  const script = fileURLToPath(import.meta.url);
  const server = spawn(process.execPath, [script, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = `http://127.0.0.1:${String((await once(server.stdout, 'data'))[0]).trim()}`;
  const names = Object.keys(ways);
  const rows = CALLERS.flatMap((callers) => names.map((way) => ({ way, callers, results: [] })));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < rows.length; turn++) {
      const row = rows[(turn + round) % rows.length];
      const args = [script, 'measure', row.way, origin, String(row.callers)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      row.results.push(JSON.parse(stdout));
    }
  }
  server.kill();
  return rows;
}

function tableOf(rows) {
  const middle = (results, name) => median(results.map((result) => result[name]));
  const lines = rows.map(({ way, callers, results }) => {
    const cells = [middle(results, 'perSecond').toFixed(0), middle(results, 'cpuMicros').toFixed(1)];
    return `| ${way} | ${callers} | ${cells.join(' | ')} |`;
  });
  return ['| | callers | requests a second | CPU µs a request |', '|---|---|---|---|', ...lines].join('\n');
}

const [task = '5', ...args] = process.argv.slice(2);
if (task === 'serve') await serve();
else if (task === 'measure') await measure(args[0], args[1], Number(args[2]));
else console.log(tableOf(await compare(Number(task))));
