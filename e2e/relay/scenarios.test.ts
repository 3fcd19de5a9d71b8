// The provider through the real SDK against both relays, by each protocol, and as if the relay were old.
import type { Resolution } from '@halyard/core';
import type { RemoteProviderOptions } from '@halyard/provider-remote';
import { RemoteProvider } from '@halyard/provider-remote';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { Client } from '@openfeature/server-sdk';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { OldRelayGate } from './old-relay-gate.ts';
import type { RelaySetUp, RelayUnderTest } from './relay-under-test.ts';
import { describeBothRelays } from './relay-under-test.ts';
import { editedText, flagsText } from './scenario-flags.ts';

jest.setTimeout(120_000);

interface Running {
  readonly provider: RemoteProvider;
  readonly client: Client;
}

const pilot = { targetingKey: 'ada', email: 'ada@pilots.test' };
const somebody = { targetingKey: 'bob', email: 'bob@example.test' };
const ways = ['goff', 'ofrep', 'goff, old relay'] as const;

afterEach(() => OpenFeature.clearProviders());

/** The SDK leaves out the variant of errors. */
const essence = ({ value, variant, errorCode }: Partial<Resolution>): object =>
  errorCode === undefined ? { value, variant } : { value, errorCode };

async function connected(endpoint: string, options: RemoteProviderOptions = {}): Promise<Running> {
  const provider = new RemoteProvider({ endpoint, logger: recordingLogger(), ...options });
  await OpenFeature.setProviderAndWait(provider);
  await eventually('changes are pushed', () => {
    const status = provider.status();
    return status.state === 'ready' && status.changes !== 'none';
  });
  return { provider, client: OpenFeature.getClient() };
}

describeBothRelays('scenarios', (create) => {
  describe.each(ways)('%s', (way) => {
    let relay: RelayUnderTest;
    let gate: OldRelayGate | undefined;
    let running: Running;

    async function start(setUp: Partial<RelaySetUp> = {}, options: RemoteProviderOptions = {}): Promise<void> {
      relay = create({ files: { 'flags.yaml': flagsText }, ...setUp });
      await relay.start();
      gate = way === 'goff, old relay' ? new OldRelayGate(relay.url) : undefined;
      const endpoint = (await gate?.open()) ?? relay.url;
      running = await connected(endpoint, { protocol: way === 'ofrep' ? 'ofrep' : 'goff', ...options });
    }

    afterEach(async () => {
      await OpenFeature.clearProviders();
      gate?.close();
      await relay.remove();
    });

    test('flags of all kinds are evaluated, kept, and come with variant, reason, metadata', async () => {
      await start();
      const { client } = running;
      const first = await client.getBooleanDetails('switch', false, pilot);
      const version = way === 'ofrep' ? {} : { version: '1.2.3' };
      expect(first).toMatchObject({ value: true, variant: 'on', reason: 'TARGETING_MATCH' });
      expect(first.flagMetadata).toEqual({ owner: 'crew', evaluatedRuleName: 'pilots', ...version });
      expect(await client.getBooleanDetails('switch', false, pilot)).toMatchObject({ value: true, reason: 'CACHED' });
      expect(await client.getBooleanDetails('switch', true, somebody)).toMatchObject({
        value: false,
        reason: 'DEFAULT',
      });
      expect(await client.getStringDetails('colour', '', pilot)).toMatchObject({ reason: 'SPLIT' });
      expect(await client.getNumberValue('limit', 0, { ...pilot, plan: 'pro' })).toBe(200.5);
      expect(await client.getObjectValue('theme', {}, pilot)).toEqual({ deep: [1, { a: null }] });
      expect(await client.getBooleanDetails('off', true, pilot)).toMatchObject({ value: true, reason: 'DISABLED' });
      expect(await client.getBooleanDetails('missing', true, pilot)).toMatchObject({
        errorCode: 'FLAG_NOT_FOUND',
        value: true,
      });
      expect(await client.getStringDetails('switch', 'x', pilot)).toMatchObject({
        errorCode: 'TYPE_MISMATCH',
        value: 'x',
      });
      expect(await client.getStringDetails('colour', 'x', {})).toMatchObject({
        errorCode: 'TARGETING_KEY_MISSING',
        value: 'x',
      });
      await client.getBooleanDetails('timed', false, pilot);
      expect((await client.getBooleanDetails('timed', false, pilot)).reason).not.toBe('CACHED');
      expect(await client.getBooleanValue('who', false, { ...pilot, anonymous: true })).toBe(true);
    });

    test('a flag with an odd key is found where its path can be written', async () => {
      await start();
      const { client } = running;
      const key = 'odd key é/&+:=?#%20 (x)';
      const isReachable = way !== 'goff, old relay';
      expect(await client.getBooleanValue(key, false, pilot)).toBe(isReachable);
    });

    test('after an edit the next evaluation has the new value, other answers stay, and the change is told exactly', async () => {
      await start();
      const { client, provider } = running;
      const changed: (readonly string[] | undefined)[] = [];
      client.addHandler(ProviderEvents.ConfigurationChanged, (details) => void changed.push(details?.flagsChanged));
      await client.getBooleanValue('switch', true, somebody);
      await client.getStringValue('colour', '', somebody);
      relay.edit(editedText);
      await eventually('the change is told', () => changed.length > 0);
      expect(await client.getBooleanDetails('switch', false, somebody)).toMatchObject({
        value: true,
        reason: 'DEFAULT',
      });
      expect(await client.getStringDetails('colour', '', somebody)).toMatchObject({ reason: 'CACHED' });
      relay.edit(`# only a remark\n${editedText}`);
      relay.edit(editedText.replace('off:\n', 'off2:\n'));
      await eventually('the second change is told', () => changed.length > 1);
      expect(changed.map((flags) => [...(flags ?? [])].sort())).toEqual([['switch'], ['off', 'off2']]);
      expect(provider.status()).toMatchObject({ state: 'ready', changes: 'websocket' });
    });

    test('each evaluation is counted once, and tracking calls arrive', async () => {
      await start({}, { exporterMetadata: { app: 'shop' } });
      const { client, provider } = running;
      for (let time = 0; time < 3; time++) await client.getBooleanValue('switch', false, pilot);
      await client.getBooleanValue('missing', false, pilot);
      await client.getBooleanValue('who', false, { ...pilot, anonymous: true });
      if (way !== 'ofrep') for (let time = 0; time < 3; time++) await client.getBooleanValue('quiet', false, pilot);
      client.track('paid', pilot, { value: 3 });
      expect(await provider.flush()).toEqual({ sent: 3, left: 0 });
      await eventually('the events are exported', () => relay.exported('feature').length >= 5);
      await eventually('the tracking event is exported', () => relay.exported('tracking').length >= 1);
      const told = relay
        .exported('feature')
        .map(({ key, source, variation, contextKind, metadata }) => [
          ...[key, source, variation, contextKind],
          (metadata as Record<string, unknown> | undefined)?.['app'],
        ]);
      expect(told.toSorted((left, right) => (String(left) < String(right) ? -1 : 1))).toEqual([
        ['missing', 'SERVER', 'SdkDefault', 'user', 'shop'],
        ['switch', 'PROVIDER_CACHE', 'on', 'user', 'shop'],
        ['switch', 'PROVIDER_CACHE', 'on', 'user', 'shop'],
        ['switch', 'SERVER', 'on', 'user', 'shop'],
        ['who', 'SERVER', 'anon', 'anonymousUser', 'shop'],
      ]);
      expect(relay.exported('tracking')).toMatchObject([
        { key: 'paid', userKey: 'ada', evaluationContext: pilot, trackingEventDetails: { value: 3 } },
      ]);
    });

    test('a key opens the relay, a wrong one does not, and none is shown', async () => {
      await start({ apiKeys: ['right +key'] }, { apiKey: 'right +key' });
      expect(await running.client.getBooleanValue('switch', false, pilot)).toBe(true);
      expect(running.provider.status()).toMatchObject({ changes: 'websocket' });
      const logger = recordingLogger();
      const other = new RemoteProvider({ endpoint: relay.url, apiKey: 'canary', logger, initTimeoutMs: 60_000 });
      await expect(other.initialize()).rejects.toThrow('apiKey');
      expect(await other.resolveBooleanEvaluation('switch', true, pilot)).toMatchObject({
        value: true,
        errorCode: 'GENERAL',
      });
      await other.onClose();
      expect(JSON.stringify(logger.entries)).not.toContain('canary');
    });

    test('a snapshot agrees with single evaluations', async () => {
      await start();
      const { client, provider } = running;
      const snapshot = await provider.snapshot(pilot);
      const keys = snapshot.keys().filter((key) => way !== 'goff, old relay' || !key.includes('/'));
      for (const key of keys) {
        const single = await client.getStringDetails(key, 'mine', pilot);
        expect({ key, ...essence(snapshot.details(key, 'mine')) }).toEqual({ key, ...essence(single) });
      }
      expect(keys.length).toBeGreaterThan(7);
      expect(snapshot.boolean('switch', false)).toBe(true);
      expect(snapshot.keys()).toContain('odd key é/&+:=?#%20 (x)');
    });
  });

  test('the key chooses the flag set, and changes of other sets are none of ours', async () => {
    const files = {
      'one.yaml': flagsText,
      'two.yaml': 'switch: { variations: { a: true }, defaultRule: { variation: a } }\n',
    };
    const flagSets = { one: { key: 'key-1', file: 'one.yaml' }, two: { key: 'key-2', file: 'two.yaml' } };
    const relay = create({ files, flagSets });
    await relay.start();
    const { client, provider } = await connected(relay.url, { apiKey: 'key-2' });
    const told: unknown[] = [];
    provider.on('flagsUpdated', ({ flags }) => void told.push(flags));
    expect(await client.getBooleanValue('switch', false, somebody)).toBe(true);
    relay.edit(editedText, 'one.yaml');
    relay.edit(`${files['two.yaml']}extra: { variations: { a: true }, defaultRule: { variation: a } }\n`, 'two.yaml');
    await eventually('the change of our set is told', () => told.length > 0);
    expect(told).toEqual([['extra']]);
    await provider.onClose();
    await relay.remove();
  });
});
