import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenFeature, ProviderStatus } from '@openfeature/server-sdk';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { LocalProviderOptions } from '../../src/index.ts';
import { fileSource, httpSource, layered, LocalProvider } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import { addressOfNobody, httpServer } from '@halyard/testkit/loopback-server';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const place = (name: string): string => join(folder(), name);
const open: LocalProvider[] = [];
afterEach(async () => {
  await OpenFeature.clearProviders();
  for (const provider of open.splice(0)) await provider.onClose();
});

function providerOf(options: LocalProviderOptions): { provider: LocalProvider; warnings: () => string[] } {
  const logger = recordingLogger();
  const provider = new LocalProvider({ logger, ...options });
  open.push(provider);
  return {
    provider,
    warnings: () => logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message),
  };
}

const isOn = (provider: LocalProvider): boolean => provider.evaluate('flag', false).value;
const serving = (on: boolean): ReturnType<typeof httpServer> =>
  httpServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ flag: switchedTo(on) }));
  });

test('an address is a source, as an option and in HALYARD_FLAGS', async () => {
  const { url } = await serving(true);
  const { provider } = providerOf({ source: `${url}/flags.json?key=canary` });
  await provider.initialize();
  expect(isOn(provider)).toBe(true);
  expect(provider.status()).toMatchObject({ source: `${url}/flags.json` });
  process.env['HALYARD_FLAGS'] = `${url}/flags.json`;
  try {
    const named = providerOf({}).provider;
    await named.initialize();
    expect(isOn(named)).toBe(true);
  } finally {
    delete process.env['HALYARD_FLAGS'];
  }
});

test('an address that holds a password is refused without showing it', () => {
  const options = { source: 'https://me:canary@flags.example/flags.json' };
  expect(() => new LocalProvider(options)).toThrow(/user name or password/);
  expect(() => new LocalProvider(options)).not.toThrow(/canary/);
});

test('a remote source, killed, a restart without network: the cache serves, and OpenFeature says STALE', async () => {
  const cache = place('flags.cache');
  const running = await serving(true);
  const original = httpSource(`${running.url}/flags.json?token=canary`, { headers: { authorization: 'canary' } });
  const first = providerOf({ source: layered([original], { cache }) }).provider;
  await first.initialize();
  await eventually('the cache is written', () => existsSync(cache));
  await first.onClose();
  expect(statSync(cache).mode & 0o777).toBe(0o600);
  expect(readFileSync(cache, 'utf8')).not.toContain('canary');

  // the same address would be the same source: here the port is taken away from it
  const { url } = await serving(false);
  const refusing = httpSource(`${await addressOfNobody()}/flags.json`);
  const named = { ...original, ...bound(refusing), describe: () => `${running.url}/flags.json` };
  const { provider } = providerOf({ source: layered([named], { cache }) });
  await OpenFeature.setProviderAndWait(provider);
  const client = OpenFeature.getClient();
  expect(await client.getBooleanValue('flag', false)).toBe(true);
  await eventually('the provider is stale', () => client.providerStatus === ProviderStatus.STALE);
  expect(provider.status()).toMatchObject({
    state: 'stale',
    lastError: { code: 'NETWORK_FAILED' },
    layers: [{ state: 'failed' }, { state: 'inForce', source: `cache ${cache}` }],
  });
  expect(url).toBeDefined();
});

const bound = (source: ReturnType<typeof httpSource>): ReturnType<typeof httpSource> => ({
  load: (version, signal) => source.load(version, signal),
  describe: () => source.describe(),
});

test('the start does not wait for a server that hangs while a file is there', async () => {
  writeFileSync(place('flags.json'), JSON.stringify({ flag: switchedTo(true) }));
  const hanging = await httpServer(() => undefined);
  const source = layered([httpSource(hanging.url), fileSource(place('flags.json'))], { slowAfterMs: 50 });
  const { provider, warnings } = providerOf({ source });
  await provider.initialize();
  expect(isOn(provider)).toBe(true);
  expect(provider.status()).toMatchObject({ state: 'ready', layers: [{ state: 'loading' }, { state: 'inForce' }] });
  expect(warnings()).toEqual([expect.stringMatching(/has not answered yet; flags come from file/)]);
});

test.each(['serve', 'fail'] as const)('onInitFailure %s counts where no layer has flags', async (onInitFailure) => {
  const address = await addressOfNobody();
  const { provider } = providerOf({
    source: layered([httpSource(address), fileSource(place('no.json'))]),
    onInitFailure,
  });
  await expect(provider.initialize()).rejects.toThrow(/no layer has flags/);
  writeFileSync(place('no.json'), JSON.stringify({ flag: switchedTo(true) }));
  if (onInitFailure === 'serve') await eventually('it recovers', () => isOn(provider));
  else expect(provider.status().state).toBe('failed');
});

test('a folder for the cache that is not there costs one warning and no flags', async () => {
  const { url } = await serving(true);
  const { provider, warnings } = providerOf({ source: layered([httpSource(url)], { cache: place('missing/cache') }) });
  await provider.initialize();
  await eventually('it was tried', () => warnings().length > 0);
  expect(isOn(provider)).toBe(true);
  expect(warnings()).toEqual([expect.stringMatching(/missing\/cache cannot be written: .*ENOENT/)]);
});

test('a change names the layer it comes from, to OpenFeature too', async () => {
  const path = place('flags.json');
  writeFileSync(path, JSON.stringify({ flag: switchedTo(false) }));
  chmodSync(path, 0o600);
  const { provider } = providerOf({ source: layered([fileSource(path)]), pollIntervalMs: 50 });
  const told: unknown[] = [];
  provider.on('flagsUpdated', (details) => void told.push(details));
  provider.events.addHandler('PROVIDER_CONFIGURATION_CHANGED' as never, (details) => void told.push(details?.metadata));
  await provider.initialize();
  writeFileSync(path, JSON.stringify({ flag: switchedTo(true) }));
  await eventually('the change is told', () => told.length === 2);
  expect(told).toEqual(expect.arrayContaining([{ flags: ['flag'], layer: `file ${path}` }, { layer: `file ${path}` }]));
});

test('options that are wrong are refused at once', () => {
  expect(() => layered([])).toThrow(/found an empty list, expected a list of sources/);
  expect(() => layered([fileSource('flags.json'), {} as never])).toThrow(/sources\[1\]/);
  for (const cache of [' ', 'a\0b'])
    expect(() => layered([fileSource('a.json')], { cache })).toThrow(/the path of a file/);
  expect(() => layered([fileSource('flags.json')], { cache: '', bootstrap: [] as never })).toThrow(
    /cache: .*\n.*bootstrap: /,
  );
});

test('what is saved for one key, address or choice of flags is not served for another', async () => {
  const cache = place('flags.cache');
  const { url } = await serving(true);
  const first = providerOf({ source: layered([httpSource(`${url}/flags.json?tenant=a`)], { cache }) }).provider;
  await first.initialize();
  await eventually('the cache is written', () => existsSync(cache));
  await first.onClose();
  const refusing = bound(httpSource(`${await addressOfNobody()}/flags.json`));
  const startWith = async (address: string): Promise<string> => {
    const alike = { ...httpSource(address), ...refusing, describe: () => `${url}/flags.json` };
    const { provider } = providerOf({ source: layered([alike], { cache }) });
    const cause = await provider.initialize().then(
      () => 'served',
      (error: unknown) => String(error),
    );
    await provider.onClose();
    return cause;
  };
  expect(await startWith(`${url}/flags.json?tenant=b`)).toContain('another source');
  expect(await startWith(`${url}/flags.json?tenant=a`)).toBe('served');
});
