// A bookshop whose front page is switched by rulesets: shares, user lists, a test, nested features, the kill switch.
//   node e2e/sample-app/sample-app.mjs --once       the report
//   node e2e/sample-app/sample-app.mjs [file.yaml]  the report, and again whenever the file changes, until Ctrl-C
import { fileURLToPath } from 'node:url';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { fileSource, layered, LocalProvider } from '@halyard/provider-local';

const args = process.argv.slice(2);
const file =
  args.find((argument) => !argument.startsWith('--')) ?? fileURLToPath(new URL('rulesets.yaml', import.meta.url));

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const bootstrap = { banner: 'welcome', recommendations: false, reasons: false, 'one-click': false };
const provider = new LocalProvider({
  source: layered([fileSource(file)], { bootstrap }),
  ruleset: 'production',
  logger: quiet,
});
const flags = OpenFeature.getClient();

const users = [
  { targetingKey: 'ada' },
  { targetingKey: 'eve', tier: 'premium' },
  { targetingKey: 'finn', tier: 'staff' },
  { targetingKey: 'mallory', tier: 'staff' },
  { user_id: 4711 },
];

/** What an application does with flags: no word about rulesets here. */
async function frontPage(user) {
  const page = [await flags.getStringValue('banner', 'welcome', user), 'bestsellers'];
  if (await flags.getBooleanValue('recommendations', false, user)) {
    const withReasons = await flags.getBooleanValue('reasons', false, user);
    page.push(withReasons ? 'recommendations with reasons' : 'recommendations');
  }
  if (await flags.getBooleanValue('one-click', false, user)) page.push('one-click order');
  return page.join(' + ');
}

async function printPages(title) {
  console.log(`\n--- ${title}`);
  for (const user of users) {
    const { reason, variant, flagMetadata } = await flags.getBooleanDetails('recommendations', false, user);
    const why = [reason, variant, flagMetadata.evaluatedRuleName].filter(Boolean).join(' ');
    console.log(`${String(user.targetingKey ?? user.user_id).padEnd(8)} ${(await frontPage(user)).padEnd(76)} ${why}`);
  }
}

const everybody = Array.from({ length: 10_000 }, (_, number) => ({ targetingKey: `user-${number}` }));

/** How many of 10,000 users get which answer. */
async function printShares(key, answerOf) {
  const counts = {};
  for (const user of everybody) {
    const answer = await answerOf(user);
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  const shares = Object.keys(counts).sort();
  const shown = shares.map((answer) => `${answer} ${((counts[answer] / everybody.length) * 100).toFixed(1)} %`);
  console.log(`${key.padEnd(16)} ${shown.join(', ')}`);
}

async function report() {
  await provider.switchRuleset('production');
  await printPages('production: shares of the users');
  for (const key of ['recommendations', 'reasons', 'one-click', 'night-colours']) {
    await printShares(key, (user) => flags.getBooleanValue(key, false, user));
  }

  await provider.switchRuleset('beta');
  await printPages('beta: certain users');

  await provider.switchRuleset('experiment');
  await printPages('experiment: groups of a test');
  await printShares('recommendations', (user) => flags.getStringValue('recommendations', '', user));

  await provider.switchRuleset('production');
  provider.activateKillSwitch();
  await printPages('production, the kill switch is on');
  console.log('baseline:', JSON.stringify(provider.getBaseline()));
  provider.deactivateKillSwitch();
  await printPages('production, the kill switch is off again');
}

try {
  await OpenFeature.setProviderAndWait(provider);
  const { source } = provider.status().layers.find(({ state }) => state === 'inForce');
  console.log(`flags from ${source.replace(file, 'rulesets.yaml')}`);
  if (source.startsWith('bootstrap')) await printPages('without a file');
  else await report();
  if (!args.includes('--once')) await follow();
} finally {
  await OpenFeature.close();
}

async function follow() {
  console.log(`\nNow edit ${file} and save it. Ctrl-C ends this.`);
  flags.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged }) => {
    console.log(`\nchanged: ${flagsChanged.join(', ')}`);
    void printPages('production');
  });
  // a provider does not keep a process going
  const goOn = setInterval(() => undefined, 60_000);
  await new Promise((resolve) => process.once('SIGINT', resolve));
  clearInterval(goOn);
}
