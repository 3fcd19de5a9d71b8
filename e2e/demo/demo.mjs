// Evaluates a GO Feature Flag file in process, through the OpenFeature server SDK, and follows it while you edit it.
//   npm run demo                 follows e2e/demo/flags.yaml until Ctrl-C
//   npm run demo -- my.yaml      follows your own file
//   npm run demo -- --once       prints the answers once
import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { LocalProvider } from '@halyard/provider-local';
import { answersTable } from './answers-table.mjs';

const args = process.argv.slice(2);
const once = args.includes('--once');
const file = args.find((arg) => !arg.startsWith('--')) ?? fileURLToPath(new URL('flags.yaml', import.meta.url));
const shown = relative(process.env.INIT_CWD ?? process.cwd(), file) || file;

const users = [
  { targetingKey: 'ada', email: 'ada@example.com', country: 'GB', device: 'desktop' },
  { targetingKey: 'blaise', email: 'blaise@mail.fr', country: 'FR', device: 'phone' },
  { targetingKey: 'carl', email: 'carl@mail.de', country: 'DE', device: 'desktop' },
];

// faults of the file are shown, everyday messages are not
const logger = { error: console.error, warn: console.warn, info() {}, debug() {} };
const provider = new LocalProvider({ source: file, logger });
const client = OpenFeature.getClient();

async function show(title) {
  console.log(`\n${title}\n`);
  console.log(await answersTable(client, provider.snapshot().keys(), users));
}

client.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged = [] } = {}) =>
  show(`Changed: ${flagsChanged.join(', ')}`),
);
await OpenFeature.setProviderAndWait(provider);
await show(`Answers from ${shown}`);

if (once) await OpenFeature.close();
else {
  console.log(`\nNow edit ${shown} and save it. Ctrl-C ends the demo.`);
  // the provider itself never keeps a process alive
  const alive = setInterval(() => undefined, 60_000);
  process.once('SIGINT', async () => {
    clearInterval(alive);
    await OpenFeature.close();
  });
}
