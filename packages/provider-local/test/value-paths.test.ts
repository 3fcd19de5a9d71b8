import { LocalProvider } from '@halyard/provider-local';
import { recordingLogger } from '@halyard/testkit';
import { OpenFeature } from '@openfeature/server-sdk';

const value = { ui: { theme: 'dark', size: 12, on: true, list: [1], 'a.b': 'dotted' }, text: 'plain', nothing: null };
const config = { variations: { one: value }, defaultRule: { variation: 'one' }, metadata: { owner: 'crew' } };
const source = {
  'my-config': config,
  'my-config.ui.size': { variations: { one: 99 }, defaultRule: { variation: 'one' } },
  off: { ...config, disable: true },
  split: { variations: { a: { x: 1 }, b: { x: 2 } }, defaultRule: { percentage: { a: 50, b: 50 } } },
  refused: {},
};
const ada = { targetingKey: 'ada' };
let provider: LocalProvider;

beforeAll(async () => {
  provider = new LocalProvider({ source, logger: recordingLogger() });
  await OpenFeature.setProviderAndWait(provider);
});
afterAll(() => OpenFeature.close());

test('a key may lead into the value of a flag', async () => {
  const client = OpenFeature.getClient();
  const { value: theme, variant, reason, flagMetadata } = await client.getStringDetails('my-config.ui.theme', '', ada);
  expect({ theme, variant, reason, flagMetadata }).toEqual({
    ...{ theme: 'dark', variant: 'one', reason: 'STATIC', flagMetadata: { owner: 'crew' } },
  });
  expect(await client.getBooleanValue('my-config.ui.on', false, ada)).toBe(true);
  expect(await client.getObjectValue('my-config.ui.list', [], ada)).toEqual([1]);
  expect(provider.evaluate('my-config.ui', {}, ada).value).toEqual(value.ui);
  const inSplit = provider.evaluate('split.x', 0, ada);
  expect(inSplit).toMatchObject({ reason: 'SPLIT', value: provider.evaluate('split', { x: 0 }, ada).value.x });
});

test('a flag with that very key comes first', () => {
  expect(provider.evaluate('my-config.ui.size', 0, ada).value).toBe(99);
});

test.each([
  ['my-config.ui.them', '', 'FLAG_NOT_FOUND', 'has nothing at "ui.them"'],
  ['my-config.toString', '', 'FLAG_NOT_FOUND', 'has nothing at "toString"'],
  ['my-config.__proto__.x', '', 'FLAG_NOT_FOUND', 'has nothing at "__proto__.x"'],
  ['my-config.ui.', '', 'FLAG_NOT_FOUND', 'has nothing at "ui."'],
  ['my-config.text.length', 0, 'TYPE_MISMATCH', '"my-config.text" is no object'],
  ['my-config.ui.list.0', 0, 'TYPE_MISMATCH', '"my-config.ui.list" is no object'],
  ['my-config.ui.theme', 0, 'TYPE_MISMATCH', 'is a string, not a number'],
  ['my-config.nothing', 'x', 'TYPE_MISMATCH', 'is null, not a string'],
  ['unknown.ui.theme', '', 'FLAG_NOT_FOUND', 'flag "unknown.ui.theme" was not found'],
  ['refused.ui', '', 'FLAG_NOT_FOUND', 'flag "refused.ui" was not found'],
  ['.', '', 'FLAG_NOT_FOUND', 'flag "." was not found'],
])('%s with the default %j is %s', (key, defaultValue, errorCode, message) => {
  const resolution = provider.evaluate<unknown>(key, defaultValue, ada);
  expect(resolution).toMatchObject({ value: defaultValue, reason: 'ERROR', errorCode });
  expect(resolution.errorMessage).toContain(message);
});

test('where the default is served anyhow, it is served for a part too, without an error', () => {
  const { value: part, reason, errorCode } = provider.evaluate('off.ui.theme', 'light', ada);
  expect({ part, reason, errorCode }).toEqual({ part: 'light', reason: 'DISABLED', errorCode: undefined });
});

test('snapshots and explanations follow the path too', () => {
  const snapshot = provider.snapshot(ada);
  expect(snapshot.string('my-config.ui.theme', '')).toBe('dark');
  expect(snapshot.details('my-config.ui.them', '')).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
  expect(provider.explain('split.x', ada).trace.map(({ step }) => step)).toContain('percentage');
});

test('a refused flag is not answered from inside another one, nor is anything inside it', async () => {
  const broken = { variations: { one: 'x' }, defaultRule: { variation: 'none' } };
  const local = new LocalProvider({ source: { cfg: config, 'cfg.ui': broken }, logger: recordingLogger() });
  await local.initialize();
  const snapshot = local.snapshot(ada);
  for (const key of ['cfg.ui', 'cfg.ui.theme']) {
    const notFound = { value: null, errorCode: 'FLAG_NOT_FOUND', errorMessage: `flag "${key}" was not found` };
    expect(local.evaluate(key, null, ada)).toMatchObject(notFound);
    expect(snapshot.details(key, null)).toMatchObject(notFound);
    expect(local.explain(key, ada)).toMatchObject({ resolution: { errorCode: 'FLAG_NOT_FOUND' }, trace: [] });
  }
  expect(local.evaluate('cfg.text', '', ada).value).toBe('plain');
  await local.onClose();
});

test('a flag that a context does not ask for is not answered from inside another one', () => {
  const asking = { targetingKey: 'ada', gofeatureflag: { flagList: ['my-config'] } };
  const snapshot = provider.snapshot(asking);
  expect(snapshot.number('my-config.ui.size', 0)).toBe(0);
  expect(snapshot.string('my-config.ui.theme', '')).toBe('dark');
});

test('keys without end cost no memory for each', () => {
  for (let index = 0; index < 10_000; index++) provider.evaluate(`my-config.typo-${index}`, '', ada);
  expect(provider.evaluate('my-config.ui.theme', '', ada).value).toBe('dark');
});
