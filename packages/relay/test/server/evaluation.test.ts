import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ask, closeRelays, someFlags, startRelay } from '../running-relay.ts';

afterEach(closeRelays);

const byQuery = (query: string): object => ({
  variations: { yes: true, no: false },
  targeting: [{ name: 'rule', query, variation: 'yes' }],
  defaultRule: { variation: 'no' },
});

test('nested metadata comes along, with the rule that matched', async () => {
  const metadata = { owner: { team: 'core', since: [2020] }, note: '<b>' };
  const relay = await startRelay({ source: { f: { ...byQuery('n eq 1'), metadata } } });
  const body = { evaluationContext: { key: 'u', custom: { n: 1 } } };
  expect((await ask(relay, '/v1/feature/f/eval', { body })).json).toMatchObject({
    metadata: { ...metadata, evaluatedRuleName: 'rule' },
  });
  const other = await ask(relay, '/ofrep/v1/evaluate/flags/f', { body: { context: {} } });
  expect(other.json).toMatchObject({ metadata: { ...metadata, gofeatureflag_cacheable: true } });
  expect(other.text).toContain(String.raw`"note":"\u003cb\u003e"`);
});

test('enrichment counts more than what the caller says, and its whole numbers are integers', async () => {
  const source = { plan: byQuery('plan eq "gold"'), level: byQuery('level in [1, 2]') };
  const relay = await startRelay({ source, contextEnrichment: { plan: 'gold', level: 2 } });
  const body = { evaluationContext: { key: 'u', custom: { plan: 'none', level: 9 } } };
  const flags = (await ask(relay, '/v1/allflags', { body })).json;
  expect(flags).toMatchObject({ flags: { plan: { value: true }, level: { value: true } } });
  expect((await ask(relay, '/v1/flag/configuration', { method: 'POST' })).json).toMatchObject({
    evaluationContextEnrichment: { plan: 'gold', level: 2 },
  });
});

test('the targeting key of /v1 is no attribute to be bucketed by', async () => {
  const defaultRule = { percentage: { a: 50, b: 50 } };
  const source = { f: { variations: { a: 1, b: 2 }, bucketingKey: 'targetingKey', defaultRule } };
  const relay = await startRelay({ source });
  const evaluate = (custom: object): Promise<unknown> =>
    ask(relay, '/v1/feature/f/eval', { body: { evaluationContext: { key: 'u', custom } } }).then(({ json }) => json);
  expect(await evaluate({})).toMatchObject({
    errorCode: 'TARGETING_KEY_MISSING',
    errorDetails: 'impossible to find bucketingKey in context: nested key not found: targetingKey',
  });
  expect(await evaluate({ targetingKey: 'u' })).toMatchObject({ failed: false, reason: 'SPLIT' });
  const ofrep = await ask(relay, '/ofrep/v1/evaluate/flags/f', { body: { context: { targetingKey: 'u' } } });
  expect(ofrep).toMatchObject({ status: 200, json: { reason: 'SPLIT' } });
});

test('faults of a definition have the code that only the relay knows', async () => {
  const rollout = { initial: { variation: 'a' }, end: { variation: 'a' } };
  const source = { f: { variations: { a: 1 }, defaultRule: { progressiveRollout: rollout } } };
  const relay = await startRelay({ source });
  const body = { evaluationContext: { key: 'u' }, defaultValue: 'mine' };
  expect((await ask(relay, '/v1/feature/f/eval', { body })).json).toMatchObject({
    errorCode: 'FLAG_CONFIG',
    value: 'mine',
    variationType: 'SdkDefault',
    cacheable: false,
  });
});

test('an ETag is answered by 304 without a content type, and changes with the list that was asked for', async () => {
  const relay = await startRelay();
  const configuration = (headers = {}, body: unknown = {}): ReturnType<typeof ask> =>
    ask(relay, '/v1/flag/configuration', { headers, body });
  const first = await configuration();
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(new RegExp(`^"${first.text.length}-[0-9a-f]{40}"$`));
  const again = await configuration({ 'if-none-match': etag });
  expect({ status: again.status, text: again.text, etag: again.headers.get('etag') }).toEqual({
    status: 304,
    text: '',
    etag,
  });
  expect(again.headers.get('content-type')).toBeNull();
  expect(again.headers.get('last-modified')).toMatch(/UTC$/);
  expect((await configuration({ 'if-none-match': etag }, { flags: ['split'] })).status).toBe(200);
});

test('a default comes back however deep it is', async () => {
  const relay = await startRelay();
  const deep = '['.repeat(9_990) + ']'.repeat(9_990);
  const answer = await ask(relay, '/v1/feature/nope/eval', { body: `{"evaluationContext":{},"defaultValue":${deep}}` });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(`"value":${deep},`);
});

test('a flag that cannot be written again costs nothing but itself', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-deep-'));
  const steps = '{"scheduledRollout":['.repeat(9_000) + ']}'.repeat(9_000);
  const odd = `{"variations":{"a":1},"defaultRule":{"variation":"a"},"scheduledRollout":[${steps}]}`;
  writeFileSync(path.join(folder, 'flags.json'), `{"odd":${odd},"good":${JSON.stringify(byQuery('n eq 1'))}}`);
  const relay = await startRelay({ source: path.join(folder, 'flags.json') });
  expect((await ask(relay, '/v1/flag/change')).json).toMatchObject({ flags: { good: expect.any(Number) as number } });
  expect((await ask(relay, '/v1/flag/change')).json).not.toHaveProperty('flags.odd');
  expect((await ask(relay, '/v1/allflags', { body: { user: {} } })).json).toHaveProperty('flags.good');
  rmSync(folder, { recursive: true, force: true });
});

test('metrics count what was asked, under the names of the relay proxy', async () => {
  const relay = await startRelay({ source: { ...someFlags, 'wel"come': someFlags.welcome } });
  const body = { evaluationContext: { key: 'u' }, context: {}, events: [{}, {}] };
  for (const path of [
    '/v1/feature/wel%22come/eval',
    '/ofrep/v1/evaluate/flags/split',
    '/v1/allflags',
    '/v1/data/collector',
  ]) {
    await ask(relay, path, { body });
  }
  const { text, headers } = await ask(relay, '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      String.raw`gofeatureflag_flag_evaluations_total{flag_name="wel\"come"} 1`,
      'gofeatureflag_flag_evaluations_total{flag_name="split"} 1',
      'gofeatureflag_all_flag_evaluations_total 1',
      'gofeatureflag_collect_eval_data_total 2',
    ]),
  );
});

test('metrics keep no key that somebody makes up', async () => {
  const relay = await startRelay({ source: { good: byQuery('n eq 1'), refused: { variations: {} } } });
  const keys = ['made-up-1', `made-up-${'2'.repeat(100_000)}`, 'refused', 'good'];
  for (const key of keys) {
    await ask(relay, `/v1/feature/${key}/eval`, { body: { evaluationContext: { key: 'u' } } });
    await ask(relay, `/ofrep/v1/evaluate/flags/${key}`, { body: { context: 5 } });
  }
  const { text } = await ask(relay, '/metrics');
  expect(text.split('\n').filter((line) => line.startsWith('gofeatureflag_flag_evaluations_total'))).toEqual([
    'gofeatureflag_flag_evaluations_total{flag_name=""} 6',
    'gofeatureflag_flag_evaluations_total{flag_name="good"} 2',
  ]);
});
