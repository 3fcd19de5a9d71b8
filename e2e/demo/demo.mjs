// One flag file, decided by a relay and in process, side by side: a flag flips, the relay dies and comes back.
//   npm run demo                 the tour, on a copy of e2e/demo/flags.yaml; then follows that copy until Ctrl-C
//   npm run demo -- --once       the tour, and no more
//   npm run demo -- my.yaml      follows your own file, without the tour
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { picture } from './picture.mjs';
import { Stage } from './stage.mjs';

const args = process.argv.slice(2);
const once = args.includes('--once');
const given = args.find((arg) => !arg.startsWith('--'));
const folder = mkdtempSync(path.join(tmpdir(), 'halyard-demo-'));
const file = given === undefined ? path.join(folder, 'flags.yaml') : path.resolve(given);
if (given === undefined) copyFileSync(fileURLToPath(new URL('flags.yaml', import.meta.url)), file);

const users = [
  { targetingKey: 'ada', email: 'ada@example.com', country: 'GB', device: 'desktop' },
  { targetingKey: 'blaise', email: 'blaise@mail.fr', country: 'FR', device: 'phone' },
];

const stage = new Stage(file);
const show = async (title) => console.log(await picture(title, stage, users));
const edit = (from, to) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
const valueOf = (name, key, user) => stage.clients[name].getStringValue(key, '', user);
const pause = () => new Promise((resolve) => setTimeout(resolve, process.stdout.isTTY === true ? 1_500 : 0));

async function tour() {
  const [, blaise] = users;
  await show('1. One file, two ways to decide, the same answers');
  await pause();
  edit('Everything must go!', 'Last day!');
  await stage.until(async () => (await valueOf('remote', 'banner', blaise)) === 'Last day!');
  await stage.until(async () => (await valueOf('local', 'banner', blaise)) === 'Last day!');
  await show('2. The file is edited: both have the new banner, untouched flags stay CACHED');
  await pause();
  await stage.killRelay();
  await stage.until(() => stage.states.remote.state === 'stale');
  await stage.until(async () => (await stage.clients.remote.getStringDetails('banner', '', blaise)).reason === 'STALE');
  await show('3. The relay is killed: the last answers go on serving, marked STALE');
  await pause();
  edit('Last day!', 'Sold out.');
  await stage.until(async () => (await valueOf('local', 'banner', blaise)) === 'Sold out.');
  await show('4. The file is edited meanwhile: only the local provider can know');
  await pause();
  await stage.startRelay();
  await stage.until(
    async () => stage.states.remote.state === 'ready' && (await valueOf('remote', 'banner', blaise)) === 'Sold out.',
  );
  await show('5. The relay is back: the remote provider has caught up by itself');
}

async function follow() {
  const shown = path.relative(process.env.INIT_CWD ?? process.cwd(), file) || file;
  console.log(`\nNow edit ${shown} and save it. Ctrl-C ends the demo.`);
  // the providers themselves never keep a process alive
  const alive = setInterval(() => undefined, 60_000);
  stage.onChange((name, flags) => show(`${name}: ${flags.join(', ')} changed`));
  await new Promise((resolve) => process.once('SIGINT', resolve));
  clearInterval(alive);
}

// faults of the file are shown, everyday messages are not; an outage is what the tour is about
const quiet = (text) => (given === undefined ? undefined : console.warn(text));
try {
  await stage.open({ error: console.error, warn: quiet, info() {}, debug() {} });
  if (given === undefined) await tour();
  else await show(`Answers from ${given}`);
  if (!once) await follow();
} finally {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
}
