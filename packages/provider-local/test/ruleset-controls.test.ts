import { eventually, recordingLogger } from '@halyard/testkit';
import type { LoadedFlags, LocalProviderOptions, Source } from '../src/index.ts';
import { LocalProvider } from '../src/index.ts';
import { switchedTo } from './flag-definitions.ts';

/** A source whose document tests replace. */
class Shelf implements Source {
  #version = 0;
  document: Record<string, unknown>;
  constructor(document: object) {
    this.document = document as Record<string, unknown>;
  }
  describe(): string {
    return 'shelf';
  }
  async load(): Promise<LoadedFlags> {
    return { version: String(++this.#version), documents: [{ origin: 'shelf', definitions: this.document }] };
  }
}

const rulesets = (percentage: number): object => ({
  production: {
    type: 'percentage',
    baseline: { half: false, only: 1 },
    features: {
      half: { percentage },
      off: { percentage: 100, enabled: false },
      needy: { percentage: 100, requires: ['half'] },
    },
  },
  staging: { type: 'percentage', features: { half: { percentage: 0 } } },
});

const started: LocalProvider[] = [];
afterEach(() => Promise.all(started.splice(0).map((provider) => provider.onClose())));

async function providerOf(
  source: Source,
  options: LocalProviderOptions = {},
): Promise<{ provider: LocalProvider; told: string[][] }> {
  const provider = new LocalProvider({ source, logger: recordingLogger(), pollIntervalMs: 0, ...options });
  started.push(provider);
  await provider.initialize();
  const told: string[][] = [];
  provider.on('flagsUpdated', ({ flags }) => void told.push([...flags].sort()));
  return { provider, told };
}

const inProduction = { ruleset: 'production' };
const answer = (provider: LocalProvider): unknown => {
  const { value, reason } = provider.evaluate('half', true, { targetingKey: 'u' });
  return `${String(value)} ${reason}`;
};

test('the kill switch works at once, is told once with every feature it concerns, and ends when it is called again', async () => {
  const { provider, told } = await providerOf(new Shelf(rulesets(100)), inProduction);
  provider.activateKillSwitch();
  expect(answer(provider)).toBe('false DISABLED');
  provider.activateKillSwitch();
  expect(told).toEqual([['half', 'needy']]);
  provider.deactivateKillSwitch();
  expect(answer(provider)).toBe('true STATIC');
  expect(told).toEqual([
    ['half', 'needy'],
    ['half', 'needy'],
  ]);
});

test('the kill switch survives reloads and a new start, whatever the document says', async () => {
  const shelf = new Shelf(rulesets(100));
  const { provider, told } = await providerOf(shelf, inProduction);
  provider.activateKillSwitch();
  shelf.document = rulesets(50) as Record<string, unknown>;
  expect(await provider.reload()).toEqual([]);
  expect(answer(provider)).toBe('false DISABLED');
  await provider.onClose();
  await provider.initialize();
  expect(answer(provider)).toBe('false DISABLED');
  expect(told).toHaveLength(1);
});

test('a kill switch that is deactivated wins over a document that says it is active', async () => {
  const source = new Shelf({
    r: { type: 'percentage', kill_switch_active: true, features: { half: { percentage: 100 } } },
  });
  const { provider } = await providerOf(source);
  expect(answer(provider)).toBe('false DISABLED');
  provider.deactivateKillSwitch();
  expect(answer(provider)).toBe('true STATIC');
});

test('a kill switch that is activated before the first flags holds for them', async () => {
  const provider = new LocalProvider({ source: new Shelf(rulesets(100)), logger: recordingLogger(), ...inProduction });
  started.push(provider);
  provider.activateKillSwitch();
  await provider.initialize();
  expect(answer(provider)).toBe('false DISABLED');
});

test('another ruleset comes into force at once and stays over reloads', async () => {
  const shelf = new Shelf(rulesets(100));
  const { provider, told } = await providerOf(shelf, inProduction);
  await provider.switchRuleset('staging');
  expect(provider.evaluate('half', true)).toMatchObject({ value: false, flagMetadata: { ruleset: 'staging' } });
  expect(provider.evaluate('needy', true).errorCode).toBe('FLAG_NOT_FOUND');
  expect(told).toEqual([['half', 'needy', 'off', 'only']]);
  await provider.reload();
  expect(provider.evaluate('half', true).flagMetadata).toEqual({ ruleset: 'staging' });
});

test('an unknown ruleset is refused with the known ones, and changes nothing', async () => {
  const { provider, told } = await providerOf(new Shelf(rulesets(100)), inProduction);
  await expect(provider.switchRuleset('prod')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'there is no ruleset "prod"; the document has "production", "staging"',
  });
  await expect(provider.switchRuleset(undefined as unknown as string)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
  expect(answer(provider)).toBe('true STATIC');
  await provider.reload();
  expect(provider.status().state).toBe('ready');
  expect(told).toEqual([]);
});

test("the baseline is the active ruleset's, and frozen", async () => {
  const { provider } = await providerOf(new Shelf(rulesets(100)), inProduction);
  expect(provider.getBaseline()).toEqual({ half: false, only: 1 });
  expect(Object.isFrozen(provider.getBaseline())).toBe(true);
  await provider.switchRuleset('staging');
  expect(provider.getBaseline()).toEqual({});
});

test('reload tells what changed', async () => {
  const shelf = new Shelf(rulesets(100));
  const { provider } = await providerOf(shelf, inProduction);
  shelf.document = rulesets(50) as Record<string, unknown>;
  expect((await provider.reload()).map(({ flag }) => flag)).toEqual(['half', 'needy']);
  expect(await provider.reload()).toEqual([]);
});

test('GO Feature Flag flags have no rulesets and no kill switch', async () => {
  const { provider } = await providerOf(new Shelf({ f: switchedTo(true) }));
  const refusal = { code: 'CONFIG_INVALID', message: expect.stringContaining("the dialect 'goff'") as string };
  await expect(provider.switchRuleset('r')).rejects.toMatchObject(refusal);
  for (const call of [
    () => provider.activateKillSwitch(),
    () => provider.deactivateKillSwitch(),
    () => provider.getBaseline(),
  ]) {
    expect(call).toThrow(expect.objectContaining(refusal));
  }
  expect(provider.evaluate('f', false).value).toBe(true);
});

test('without flags there is no ruleset to switch to and no baseline', async () => {
  const provider = new LocalProvider({ source: new Shelf(rulesets(1)), logger: recordingLogger() });
  await expect(provider.switchRuleset('production')).rejects.toMatchObject({ code: 'CLOSED' });
  expect(() => provider.getBaseline()).toThrow('no flags');
});

test('OpenFeature is told of the features that the kill switch concerns', async () => {
  const { provider } = await providerOf(new Shelf(rulesets(100)), inProduction);
  const seen: unknown[] = [];
  provider.events.addHandler('PROVIDER_CONFIGURATION_CHANGED' as never, (details: unknown) => void seen.push(details));
  provider.activateKillSwitch();
  await eventually('the event has come', () => seen.length > 0);
  expect(seen).toMatchObject([{ flagsChanged: ['half', 'needy'] }]);
});

test('a kill switch over flags that are no rulesets is warned of, since it switches nothing off', async () => {
  const logger = recordingLogger();
  const provider = new LocalProvider({ source: { flag: switchedTo(true) }, logger });
  started.push(provider);
  provider.activateKillSwitch();
  await provider.initialize();
  expect(provider.evaluate('flag', false).value).toBe(true);
  expect(logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    expect.stringContaining('the kill switch is on'),
  ]);
});

test('a document without rulesets is no flags, and is controlled as others are', async () => {
  const shelf = new Shelf({});
  const { provider } = await providerOf(shelf, { ...inProduction, dialect: 'ruleset' });
  expect({ all: provider.evaluateAll(), baseline: provider.getBaseline() }).toEqual({ all: {}, baseline: {} });
  expect(provider.evaluate('half', true)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  provider.activateKillSwitch();
  await expect(provider.switchRuleset('staging')).rejects.toThrow(
    'there is no ruleset "staging"; the document has none',
  );
  shelf.document = rulesets(100) as Record<string, unknown>;
  await provider.reload();
  expect(answer(provider)).toBe('false DISABLED');
});

test('rulesets that are gone at once are not believed before the time that the source asks for', async () => {
  const shelf = new Shelf(rulesets(100));
  const emptying: Source = Object.assign(shelf, { emptyAfterMs: 60_000 });
  const { provider } = await providerOf(emptying, inProduction);
  shelf.document = {};
  await expect(provider.reload()).rejects.toThrow('no flags at all, which is not believed before 60000 ms');
  expect(answer(provider)).toBe('true STATIC');
});
