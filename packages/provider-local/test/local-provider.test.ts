import type { EvaluationContext, JsonValue, Provider } from '@openfeature/server-sdk';
import { MultiProvider, OpenFeature, ProviderEvents, ProviderStatus } from '@openfeature/server-sdk';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { LoadedFlags } from '../src/index.ts';
import { LocalProvider } from '../src/index.ts';
import { switchedTo } from './flag-definitions.ts';

const definitions = {
  checkout: switchedTo(true),
  banner: {
    variations: { none: '', sale: 'Sale!' },
    targeting: [{ name: 'french', query: 'country eq "FR"', variation: 'sale' }],
    defaultRule: { variation: 'none' },
    version: '7',
    metadata: { team: 'web', nested: { not: 'kept' } },
  },
  theme: { variations: { dark: { colors: ['black', 'grey'] } }, defaultRule: { variation: 'dark' } },
  limit: { variations: { low: 10, high: 100 }, defaultRule: { percentage: { low: 50, high: 50 } } },
  retired: { ...switchedTo(true), disable: true },
  broken: { variations: {} },
};

let provider: LocalProvider;

beforeEach(async () => {
  provider = new LocalProvider({ source: definitions, logger: recordingLogger() });
  await OpenFeature.setProviderAndWait(provider);
});

afterEach(async () => {
  await OpenFeature.clearProviders();
  OpenFeature.clearHooks();
});

const detailsOf = (
  key: string,
  context: EvaluationContext = {},
): ReturnType<ReturnType<typeof OpenFeature.getClient>['getStringDetails']> =>
  OpenFeature.getClient().getStringDetails(key, 'default', context);

test('a client has values of all four kinds', async () => {
  const client = OpenFeature.getClient();
  expect(await client.getBooleanValue('checkout', false)).toBe(true);
  expect(await client.getStringValue('banner', 'x', { country: 'FR' })).toBe('Sale!');
  expect(await client.getNumberValue('limit', 0, { targetingKey: 'user-1' })).toBe(10);
  expect(await client.getObjectValue('theme', {})).toEqual({ colors: ['black', 'grey'] });
});

test('details carry variant, reason and metadata', async () => {
  expect(await detailsOf('banner', { country: 'FR' })).toMatchObject({
    value: 'Sale!',
    variant: 'sale',
    reason: 'TARGETING_MATCH',
    flagMetadata: { team: 'web', version: '7', evaluatedRuleName: 'french' },
  });
});

test.each([
  ['an unknown flag', 'nope', 'FLAG_NOT_FOUND'],
  ['a refused flag', 'broken', 'FLAG_NOT_FOUND'],
  ['a flag of another kind', 'checkout', 'TYPE_MISMATCH'],
  ['a split without a targeting key', 'limit', 'TARGETING_KEY_MISSING'],
])('%s answers the default with an error code', async (_name, key, errorCode) => {
  expect(await detailsOf(key)).toMatchObject({
    value: 'default',
    reason: 'ERROR',
    errorCode,
    errorMessage: expect.any(String) as string,
  });
});

test('a disabled flag answers the default, without an error', async () => {
  const details = await OpenFeature.getClient().getBooleanDetails('retired', false);
  expect(details).toMatchObject({ value: false, reason: 'DISABLED' });
  expect(details.errorCode).toBeUndefined();
});

test('a circular context is an error of the evaluation, for static flags too', async () => {
  const context: Record<string, unknown> = {};
  context['self'] = context;
  const details = await OpenFeature.getClient().getBooleanDetails('checkout', false, context as EvaluationContext);
  expect(details).toMatchObject({ value: false, errorCode: 'INVALID_CONTEXT' });
});

test('object values are shared and cannot be changed', async () => {
  const theme = (await OpenFeature.getClient().getObjectValue('theme', {})) as { colors: string[] };
  expect(() => theme.colors.push('white')).toThrow(TypeError);
  expect(await OpenFeature.getClient().getObjectValue('theme', {})).toBe(theme as JsonValue);
});

test('the definitions that were given are not touched', () => {
  expect(Object.isFrozen(definitions.theme.variations.dark)).toBe(false);
});

test('hooks see the evaluation, and one that throws harms only its own evaluation', async () => {
  const seen: unknown[] = [];
  OpenFeature.addHooks({ after: (_context, details) => void seen.push(details.variant) });
  await OpenFeature.getClient().getBooleanValue('checkout', false);
  expect(seen).toEqual(['on']);
  const hooks = [
    {
      before: () => {
        throw new Error('bad hook');
      },
    },
  ];
  expect(await OpenFeature.getClient().getBooleanValue('checkout', false, {}, { hooks })).toBe(false);
  expect(await OpenFeature.getClient().getBooleanValue('checkout', false)).toBe(true);
});

test('one instance serves many domains without warnings', async () => {
  const warn = jest.spyOn(process, 'emitWarning');
  const domains = Array.from({ length: 15 }, (_, index) => `domain-${index}`);
  for (const domain of domains) await OpenFeature.setProviderAndWait(domain, provider);
  for (const domain of domains)
    expect(await OpenFeature.getClient(domain).getBooleanValue('checkout', false)).toBe(true);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test('a closed provider answers PROVIDER_NOT_READY, and can be opened again', async () => {
  await Promise.all([provider.onClose(), provider.onClose()]);
  await provider.onClose();
  expect(provider.status().state).toBe('closed');
  expect(await detailsOf('banner')).toMatchObject({ value: 'default', errorCode: 'PROVIDER_NOT_READY' });
  expect(provider.evaluate('checkout', false)).toMatchObject({ value: false, errorCode: 'PROVIDER_NOT_READY' });
  await provider.initialize();
  expect(await OpenFeature.getClient().getBooleanValue('checkout', false)).toBe(true);
});

test('it works as a child of the MultiProvider', async () => {
  const fallback = new LocalProvider({ source: { extra: switchedTo(true) }, logger: recordingLogger() });
  const both = new MultiProvider([{ provider: provider as Provider }, { provider: fallback }]);
  await OpenFeature.setProviderAndWait('both', both);
  const client = OpenFeature.getClient('both');
  expect(await client.getBooleanValue('checkout', false)).toBe(true);
  expect(await client.getBooleanValue('extra', false)).toBe(true);
});

test('the SDK hears READY exactly once for a start', async () => {
  const ready = jest.fn();
  OpenFeature.getClient('fresh').addHandler(ProviderEvents.Ready, ready);
  ready.mockClear();
  await OpenFeature.setProviderAndWait('fresh', new LocalProvider({ source: definitions, logger: recordingLogger() }));
  expect(ready).toHaveBeenCalledTimes(1);
});

test('the SDK sees STALE while the source fails, the exact flags of a change, and READY again', async () => {
  let answer: object | Error = { a: switchedTo(true), b: switchedTo(true) };
  let version = 0;
  const source = {
    describe: () => 'unsteady',
    async load(): Promise<LoadedFlags> {
      if (answer instanceof Error) throw answer;
      return { version: String(++version), documents: [{ origin: 'unsteady', definitions: { ...answer } }] };
    },
  };
  const unsteady = new LocalProvider({ source, pollIntervalMs: 10, staleAfterMs: 20, logger: recordingLogger() });
  await OpenFeature.setProviderAndWait('unsteady', unsteady);
  const client = OpenFeature.getClient('unsteady');
  const changes: unknown[] = [];
  client.addHandler(ProviderEvents.ConfigurationChanged, (details) => void changes.push(details?.flagsChanged));
  answer = new Error('away');
  await eventually('the provider is stale', () => client.providerStatus === ProviderStatus.STALE);
  expect(await client.getBooleanValue('a', false)).toBe(true);
  answer = { a: switchedTo(false), b: switchedTo(true), c: switchedTo(true) };
  await eventually('the provider is ready', () => client.providerStatus === ProviderStatus.READY);
  expect(await client.getBooleanValue('a', true)).toBe(false);
  expect(changes).toEqual([['a', 'c']]);
});

test('a provider that cannot start is ERROR, answers defaults, and recovers', async () => {
  let isThere = false;
  const source = {
    describe: () => 'late',
    async load(): Promise<LoadedFlags> {
      if (!isThere) throw new Error('not yet');
      return { version: '1', documents: [{ origin: 'late', definitions: { a: switchedTo(true) } }] };
    },
  };
  const late = new LocalProvider({ source, pollIntervalMs: 10, logger: recordingLogger() });
  await expect(OpenFeature.setProviderAndWait('late', late)).rejects.toThrow('not yet');
  const client = OpenFeature.getClient('late');
  expect(client.providerStatus).toBe(ProviderStatus.ERROR);
  expect(await client.getBooleanDetails('a', false)).toMatchObject({ value: false, errorCode: 'PROVIDER_NOT_READY' });
  isThere = true;
  await eventually('the provider is ready', () => client.providerStatus === ProviderStatus.READY);
  expect(await client.getBooleanValue('a', false)).toBe(true);
});

test('a source that never answers ends initialize within its limit', async () => {
  const source = { describe: () => 'silent', load: () => new Promise<never>(() => undefined) };
  const silent = new LocalProvider({ source, initTimeoutMs: 20, logger: recordingLogger() });
  await expect(OpenFeature.setProviderAndWait('silent', silent)).rejects.toThrow('had no flags after 20 ms');
  const fatal = new LocalProvider({ source, initTimeoutMs: 20, onInitFailure: 'fail', logger: recordingLogger() });
  await expect(OpenFeature.setProviderAndWait('fatal', fatal)).rejects.toThrow();
  expect(OpenFeature.getClient('fatal').providerStatus).toBe(ProviderStatus.FATAL);
});

test('closing during initialize ends it at once', async () => {
  const source = { describe: () => 'silent', load: () => new Promise<never>(() => undefined) };
  const silent = new LocalProvider({ source, logger: recordingLogger() });
  const started = expect(silent.initialize()).rejects.toMatchObject({ code: 'PROVIDER_NOT_READY' });
  await silent.onClose();
  await started;
});

test('evaluate answers at once, and its answers are frozen', () => {
  const resolution = provider.evaluate('banner', 'default', { country: 'FR' });
  expect(resolution).toEqual({
    value: 'Sale!',
    variant: 'sale',
    reason: 'TARGETING_MATCH',
    flagMetadata: { team: 'web', version: '7', evaluatedRuleName: 'french' },
  });
  expect(Object.isFrozen(resolution)).toBe(true);
  expect(provider.evaluate('checkout', false)).toBe(provider.evaluate('checkout', true));
});

test('evaluateAll answers every flag that can be evaluated', () => {
  const all = provider.evaluateAll({ targetingKey: 'user-1' });
  expect(Object.keys(all)).toEqual(['checkout', 'banner', 'theme', 'limit', 'retired']);
  expect(all['retired']).toMatchObject({ value: null, reason: 'DISABLED' });
});

test('evaluateAll answers only the flags that the context lists', () => {
  const context = { gofeatureflag: { flagList: ['limit', 'nope', 'checkout'] }, targetingKey: 'u' };
  expect(Object.keys(provider.evaluateAll(context))).toEqual(['limit', 'checkout']);
});

test('explain tells the steps to the same answer', () => {
  const { resolution, trace } = provider.explain('banner', { country: 'DE' });
  expect(resolution).toEqual(provider.evaluate('banner', null, { country: 'DE' }));
  expect(trace).toEqual([
    {
      step: 'rule',
      index: 0,
      name: 'french',
      query: 'country eq "FR"',
      outcome: 'did not match',
      conditions: [{ text: 'country eq "FR"', outcome: 'did not match' }],
    },
    { step: 'default-rule' },
  ]);
  expect(provider.explain('limit', { targetingKey: 'user-1' }).trace).toMatchObject([
    { step: 'bucketing-key', attribute: 'targetingKey', key: 'user-1' },
    { step: 'default-rule' },
    { step: 'percentage', modulus: 100_000, bucket: expect.any(Number) as number },
  ]);
});

test('contextEnrichment is merged over every context', async () => {
  const enriched = new LocalProvider({
    source: { f: { ...switchedTo(false), targeting: [{ query: 'env eq "prod"', variation: 'on' }] } },
    contextEnrichment: { env: 'prod' },
    logger: recordingLogger(),
  });
  await enriched.initialize();
  expect(enriched.evaluate('f', false, { env: 'dev' }).value).toBe(true);
});

test('status tells state, source, version and age', () => {
  expect(provider.status()).toEqual({
    state: 'ready',
    since: expect.any(Number) as number,
    source: 'inline definitions',
    version: 'inline',
    ageMs: expect.any(Number) as number,
  });
});
