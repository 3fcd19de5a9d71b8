import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, recordingLogger } from '@halyard/testkit';
import { OpenFeature } from '@openfeature/server-sdk';
import type { LocalProviderOptions, Source } from '../src/index.ts';
import { LocalProvider } from '../src/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const yaml = `
production:
  type: percentage
  baseline: { banner: none }
  features:
    checkout: { percentage: 100, requires: [basket] }
    basket: { percentage: 100 }
    banner: { percentage: 0, value: sale }
    half: { percentage: 50 }
experiment:
  type: ab_test
  features:
    checkout: { groups: [control, treatment], treatment_groups: [treatment] }
`;
const json = JSON.stringify({ r: { type: 'user_targeting', features: { f: { whitelist: [1] } } } });
const toml = '[r]\ntype = "user_targeting"\n[r.features.f]\nwhitelist = [1]\n';

const folder = temporaryFolder();
const started: LocalProvider[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((provider) => provider.onClose()));
  await OpenFeature.clearProviders();
});

async function providerOf(options: LocalProviderOptions): Promise<LocalProvider> {
  const provider = new LocalProvider({ logger: recordingLogger(), ...options });
  started.push(provider);
  await provider.initialize();
  return provider;
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder(), name);
  await writeFile(file, text);
  return file;
}

test.each([
  ['rulesets.json', json],
  ['rulesets.toml', toml],
  ['rulesets.yaml', 'r:\n  type: user_targeting\n  features:\n    f:\n      whitelist: [1]\n'],
])('%s is known as rulesets by its shape', async (name, text) => {
  const provider = await providerOf({ source: await fileOf(name, text) });
  expect(provider.evaluate('f', false, { user_id: '1' })).toEqual({
    value: true,
    variant: 'on',
    reason: 'TARGETING_MATCH',
    flagMetadata: { ruleset: 'r', evaluatedRuleName: 'whitelist' },
  });
  expect(provider.evaluate('f', false, { user_id: 2 }).value).toBe(false);
});

test('a client, a snapshot, evaluateAll and explain answer from the ruleset that is named', async () => {
  const provider = await providerOf({ source: await fileOf('r.yaml', yaml), ruleset: 'production' });
  await OpenFeature.setProviderAndWait('rulesets', provider);
  const client = OpenFeature.getClient('rulesets');
  expect(await client.getBooleanDetails('checkout', false)).toMatchObject({
    value: true,
    variant: 'on',
    reason: 'STATIC',
  });
  expect(await client.getStringDetails('banner', '')).toMatchObject({ value: 'none', variant: 'baseline' });
  expect(await client.getStringDetails('checkout', 'x')).toMatchObject({ value: 'x', errorCode: 'TYPE_MISMATCH' });
  expect(await client.getBooleanDetails('half', true)).toMatchObject({
    value: true,
    errorCode: 'TARGETING_KEY_MISSING',
  });
  const snapshot = provider.snapshot({ targetingKey: 'u' });
  expect(snapshot.keys()).toEqual(['checkout', 'basket', 'banner', 'half']);
  expect(snapshot.details('nope', 1)).toMatchObject({
    errorCode: 'FLAG_NOT_FOUND',
    flagMetadata: { ruleset: 'production' },
  });
  expect(provider.evaluateAll({})['checkout']).toMatchObject({ value: true });
  const { resolution, trace } = provider.explain('checkout', {});
  expect(resolution.value).toBe(true);
  expect(trace).toEqual([{ step: 'requirement', feature: 'basket', isOn: true }]);
});

test('a test answers a client with its group as a text, and with its value as a boolean', async () => {
  const provider = await providerOf({ source: await fileOf('r.yaml', yaml), ruleset: 'experiment' });
  await OpenFeature.setProviderAndWait('rulesets', provider);
  const client = OpenFeature.getClient('rulesets');
  const group = await client.getStringValue('checkout', '', { targetingKey: 'user-1' });
  expect(['control', 'treatment']).toContain(group);
  expect(await client.getBooleanValue('checkout', false, { targetingKey: 'user-1' })).toBe(group === 'treatment');
});

test('several rulesets and none named end the start with a list of them', async () => {
  await expect(providerOf({ source: await fileOf('r.yaml', yaml) })).rejects.toThrow('"production", "experiment"');
});

test('a document of an unclear shape asks for the option dialect', async () => {
  const source = { colour: { red: true } };
  await expect(providerOf({ source })).rejects.toThrow('the option dialect');
  const goff = await providerOf({ source, dialect: 'goff' });
  expect(goff.evaluate('colour', false).errorCode).toBe('FLAG_NOT_FOUND');
  await expect(providerOf({ source, dialect: 'ruleset' })).rejects.toThrow('colour.type: found nothing');
});

test('options about rulesets are checked', () => {
  expect(() => new LocalProvider({ dialect: 'flagd' as 'goff' })).toThrow('"goff", "ruleset"');
  expect(() => new LocalProvider({ ruleset: '' })).toThrow('ruleset: found ""');
  expect(() => new LocalProvider({ dialect: 'goff', ruleset: 'r' })).toThrow('has no rulesets');
});

test('a refused document is told with every fault and its place, and leaves the last good one in force', async () => {
  const file = await fileOf('r.yaml', yaml);
  const provider = await providerOf({ source: file, ruleset: 'production' });
  const broken = yaml.replace('percentage: 50', 'percentage: 500').replace('requires: [basket]', 'requires: [baskets]');
  await writeFile(file, broken);
  await expect(provider.reload()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  const { lastError } = provider.status() as { lastError?: Error };
  expect(lastError?.message.replaceAll(file, 'r.yaml').split('\n')).toEqual([
    'the ruleset document is refused',
    '  r.yaml:9:25: production.features.half.percentage: found 500, expected a number from 0 to 100',
    '  r.yaml:6:45: production.features.checkout.requires[0]: found "baskets", expected a feature of the same ruleset; "basket" is the nearest',
  ]);
  expect(provider.evaluate('checkout', false).value).toBe(true);
});

test('a file that loses the active ruleset, is half written or turns into flags changes nothing', async () => {
  const file = await fileOf('r.yaml', yaml);
  const provider = await providerOf({ source: file, ruleset: 'production', pollIntervalMs: 0 });
  const others = [
    ['other: { type: percentage }', 'there is no ruleset "production"'],
    ['production:', 'expected a ruleset'],
    ['production: true', 'expected a ruleset'],
    ['error: true', 'expected a ruleset'],
    ['f: { variations: { on: true }, defaultRule: { variation: on } }', 'is refused'],
  ] as const;
  for (const [text, problem] of others) {
    await writeFile(file, text);
    await expect(provider.reload()).rejects.toThrow(problem);
    expect(provider.evaluate('checkout', false).value).toBe(true);
  }
});

test('flags that are in force do not make room for rulesets without being told', async () => {
  const file = await fileOf('f.yaml', 'f: { variations: { on: true }, defaultRule: { variation: on } }');
  const provider = await providerOf({ source: file });
  await writeFile(file, yaml);
  await expect(provider.reload()).rejects.toThrow("looks like the dialect 'ruleset'");
  expect(provider.evaluate('f', false).value).toBe(true);
});

test('diagnostics tell of what is ignored, with line and column', async () => {
  const text = 'r:\n  type: percentage\n  colour: red\n  features:\n    f:\n      percentage: 1\n      groups: [a]\n';
  const provider = await providerOf({ source: await fileOf('r.yaml', text) });
  expect(provider.diagnostics()).toMatchObject([
    { severity: 'warning', flag: '', path: ['r', 'colour'], position: { line: 3, column: 11 } },
    { severity: 'warning', flag: 'f', path: ['r', 'features', 'f', 'groups'], position: { line: 7, column: 15 } },
  ]);
});

test('warnings of rulesets are logged with their whole path', async () => {
  const logger = recordingLogger();
  await providerOf({ source: { r: { type: 'ab_test', colour: 1 } }, logger });
  await eventually('the warning is logged', () => logger.entries.some(({ level }) => level === 'warn'));
  expect(logger.entries.find(({ level }) => level === 'warn')?.message).toBe(
    'inline definitions: r.colour: the property "colour" is ignored',
  );
});

test('the enrichment reaches target attributes', async () => {
  const source = { r: { type: 'user_targeting', features: { f: { target_attributes: { env: 'prod' } } } } };
  const provider = await providerOf({ source, contextEnrichment: { env: 'prod' } });
  expect(provider.evaluate('f', false, { env: 'dev' }).value).toBe(true);
});

test('rulesets where flags of GO Feature Flag were asked for are refused, with what they are', async () => {
  const source = { production: { type: 'percentage', features: { a: { percentage: 100 } } } };
  await expect(providerOf({ source, dialect: 'goff' })).rejects.toThrow(
    "inline definitions looks like the dialect 'ruleset', where only 'goff' can be used",
  );
});

test('no flags, and flags that are only saved, say nothing about the dialect of those that follow', async () => {
  const documents: object[] = [{}, { p: { type: 'percentage', features: { rec: { percentage: 100 } } } }];
  const source: Source = {
    describe: () => 'shelf',
    load: async (previous) => {
      const definitions = (previous === undefined ? documents[0] : documents[1]) as Record<string, unknown>;
      return { version: String(Math.random()), documents: [{ origin: 'shelf', definitions }] };
    },
  };
  const provider = new LocalProvider({ source, logger: recordingLogger(), pollIntervalMs: 0 });
  await provider.initialize();
  await provider.reload();
  expect(provider.evaluate('rec', false).value).toBe(true);
  await provider.onClose();
});
