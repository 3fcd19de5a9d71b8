// A relay that is there in part: for some questions, for evaluations alone, or not known to be back.
import { eventually } from '@halyard/testkit';
import type { EvaluationDetails } from '@openfeature/server-sdk';
import { OpenFeature, ProviderStatus } from '@openfeature/server-sdk';
import { closeAll, providerFor, scriptedRelay, started } from './provider-bench.ts';

afterEach(closeAll);

const ada = { targetingKey: 'ada' };

test('once several exchanges have failed nobody waits for the next one, and the relay is found again all the same', async () => {
  const { relay, provider, client } = await started({ timeoutMs: 500, changes: 'off' });
  relay.misbehave = () => true;
  const ask = (user: string): Promise<EvaluationDetails<boolean>> =>
    client.getBooleanDetails('flag', false, { targetingKey: user });
  await Promise.all(Array.from({ length: 10 }, (_, user) => ask(`first-${user}`)));
  const before = relay.timesAsked('flag');
  expect(before).toBe(10);
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, user) => ask(`later-${user}`)));
  expect(new Set(answers.map(({ errorCode, errorMessage }) => `${errorCode} ${errorMessage}`))).toEqual(
    new Set([expect.stringMatching(/^GENERAL .*500 ms/)]),
  );
  expect(await provider.evaluateAll(ada)).toEqual({});
  expect(relay.asked.filter(({ path }) => path === '/v1/allflags')).toEqual([]);
  expect(relay.timesAsked('flag')).toBe(before);
  relay.misbehave = () => false;
  await eventually('the relay is asked again', async () => (await ask('later')).value);
  expect(provider.status().state).toBe('ready');
});

test.each([
  ['the second', 1],
  ['any', 0],
])('what changes after the first answer and before %s look at changes is noticed', async (_which, good) => {
  const relay = await scriptedRelay();
  // one look is the sign of life that makes the provider ready; without it, the first answer does
  let looks = 0;
  relay.misbehave = (path, response) =>
    path === '/v1/flag/change' && ++looks > good && Boolean(response.writeHead(500).end());
  const { provider } = providerFor(relay, { changes: { mode: 'poll', pollIntervalMs: 100 } });
  OpenFeature.setProvider(provider);
  const client = OpenFeature.getClient();
  if (good > 0) await eventually('it is ready', () => client.providerStatus === ProviderStatus.READY);
  const asked = (): Promise<boolean> =>
    provider.resolveBooleanEvaluation('flag', false, ada).then(({ value }) => value);
  expect(await asked()).toBe(true);
  relay.flags.set('flag', { value: false });
  relay.misbehave = () => false;
  await eventually('the change is noticed', async () => !(await client.getBooleanValue('flag', true, ada)));
});

test('what is wrong with one question is no reason to leave others unanswered', async () => {
  const { relay, provider, client } = await started({ changes: 'off' });
  relay.misbehave = (path, response) => path.includes('/flag/') && Boolean(response.writeHead(413).end());
  for (let user = 0; user < 10; user++) {
    const details = await client.getBooleanDetails('flag', true, { targetingKey: `${user}` });
    expect(details).toMatchObject({ value: true, reason: 'ERROR' });
  }
  expect(await client.getStringValue('other', 'mine', ada)).toBe('blue');
  expect(provider.status()).toMatchObject({ state: 'ready' });
});

test('a relay that answers evaluations is asked, whatever else of it fails', async () => {
  const { relay, client } = await started({ changes: { mode: 'poll', pollIntervalMs: 50 }, cache: { ttlMs: 0 } });
  expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
  let looks = 0;
  relay.misbehave = (path, response) =>
    path === '/v1/flag/change' && ++looks > 0 && Boolean(response.writeHead(500).end());
  await eventually('nothing of changes can be had for a while', () => looks > 3);
  for (let user = 0; user < 10; user++) {
    expect(await client.getStringValue('other', 'mine', { targetingKey: `${user}` })).toBe('blue');
  }
  relay.flags.set('flag', { value: false });
  await eventually('who has a kept answer hears of it', async () => !(await client.getBooleanValue('flag', true, ada)));
}, 30_000);

test.each([401, 404])(
  'a relay that answers %d for a while is followed again as soon as it is back',
  async (status) => {
    const { relay, provider, client } = await started();
    expect(await client.getBooleanValue('flag', false, ada)).toBe(true);
    relay.misbehave = (_path, response) => Boolean(response.writeHead(status).end());
    relay.dropStreams();
    await eventually('it is STALE', () => provider.status().state === 'stale');
    relay.flags.set('flag', { value: false });
    relay.misbehave = () => false;
    await eventually('the change is noticed', async () => !(await client.getBooleanValue('flag', true, ada)), 20_000);
    await eventually('changes are followed', () => relay.isFollowed, 20_000);
  },
  60_000,
);
